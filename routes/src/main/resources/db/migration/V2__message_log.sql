-- Every message received, kept before anything is done with it.
create table fingerpost.message (
  id uuid primary key,
  sender text not null,
  message_id text not null,
  channel text not null,
  received_at timestamptz not null,
  -- AES-GCM; null once its retention has passed
  body bytea,
  body_sha256 bytea not null,
  state text not null check (state in ('received', 'stored', 'refused', 'failed')),
  attempts integer not null default 0,
  -- when a message not yet settled is taken up again
  next_attempt_at timestamptz,
  settled_at timestamptz,
  reference text,
  refusal_code text,
  refusal_location text,
  refusal_remedy text,
  unique (sender, message_id)
);

create index message_due on fingerpost.message (next_attempt_at) where state in ('received', 'failed');
create index message_settled on fingerpost.message (settled_at) where body is not null;
