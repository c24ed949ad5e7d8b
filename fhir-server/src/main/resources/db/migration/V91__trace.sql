-- People to be traced with the Personal Demographics Service, and what came of it.
create table fingerpost.trace (
  -- Patient/<id>
  patient text primary key,
  -- SHA-256 of what is asked: the same is not asked again while the answer is good
  question text not null,
  state text not null default 'pending' check (state in ('pending', 'traced', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  -- what came of it, or why it failed: a code
  outcome text,
  traced_at timestamptz
);
create index trace_due on fingerpost.trace (next_attempt_at) where state = 'pending';
create index trace_settled on fingerpost.trace (state) where state = 'failed';

-- One row: when the next question may be asked, by whichever node, and how the service has answered.
create table fingerpost.pds_gate (
  only_row boolean primary key default true check (only_row),
  next_at timestamptz not null default '-infinity',
  failures integer not null default 0,
  closed_until timestamptz not null default '-infinity'
);
insert into fingerpost.pds_gate default values;
