-- The scheme's MESH mailboxes: which node looks into each, until when.
create table fingerpost.mesh_mailbox (
  mailbox text primary key,
  holder uuid not null,
  held_until timestamptz not null,
  -- when MESH last confirmed that we may use it
  validated_at timestamptz
);

-- What came by MESH; data stands in fingerpost.message.
create table fingerpost.mesh_received (
  mailbox text not null,
  -- MESH's id of it
  mesh_id text not null,
  kind text not null check (kind in ('data', 'report')),
  sender_mailbox text not null,
  workflow text not null,
  -- of a report: its code, and MESH's id of the letter it tells of
  status_code text,
  about text,
  received_at timestamptz not null,
  -- of data: its row in fingerpost.message
  message uuid references fingerpost.message (id),
  owes_answer boolean not null,
  acknowledged_at timestamptz,
  primary key (mailbox, mesh_id)
);

create index mesh_unanswered on fingerpost.mesh_received (mailbox, received_at) where owes_answer;

-- Answers sent by MESH, each written once.
create table fingerpost.mesh_sent (
  -- also its mex-LocalID
  id uuid primary key,
  mailbox text not null,
  in_answer_to text not null,
  recipient_mailbox text not null,
  workflow text not null,
  -- AES-GCM; null once it is settled
  body bytea,
  created_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  -- MESH's id of it
  mesh_id text,
  settled_at timestamptz,
  reason text,
  unique (mailbox, in_answer_to)
);

create index mesh_due on fingerpost.mesh_sent (mailbox, created_at) where state = 'pending';
