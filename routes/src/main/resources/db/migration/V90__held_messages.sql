-- Messages that wait until a person has said whom they are about, and what was said.
alter table fingerpost.message drop constraint message_state_check;
alter table fingerpost.message add constraint message_state_check
  check (state in ('received', 'stored', 'refused', 'failed', 'held'));
create index message_held on fingerpost.message (received_at) where state = 'held';

-- Written by the server with the decision, read by the routes when they take the message up again.
create table fingerpost.match_decision (
  -- Task/<id> that asked
  task text primary key,
  -- our id of the message
  message uuid not null,
  -- SHA-256 of the identifier it was asked about
  subject text not null,
  decision text not null check (decision in ('same', 'different', 'wrong-number')),
  -- Patient/<id>; null where it is somebody else than those known
  patient text check ((patient is not null) = (decision = 'same')),
  decided_at timestamptz not null,
  unique (message, subject)
);
