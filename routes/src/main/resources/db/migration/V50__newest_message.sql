-- Of each person and each referral, how far senders have got with saying things about it: what was said earlier and
-- comes later changes nothing.
create table fingerpost.newest_message (
  -- Patient/<id>, or referral/<sender>/<hash of the sender's own id>
  subject text primary key,
  said_at timestamptz not null,
  -- which version of the record the newest message made; another one was written by somebody's hand
  version text
);

-- Why a message that is settled as stored has changed nothing; null where it has.
alter table fingerpost.message add column note text;
