-- Changes that somebody may have to hear of, each written in the transaction that made it.
create table fingerpost.outbox (
  id uuid primary key,
  resource_type text not null,
  resource_id text not null,
  resource_version bigint not null,
  -- Patient/<id>: what a partner hears of one person, it hears in order
  subject text not null,
  created_at timestamptz not null,
  sequence bigint generated always as identity,
  state text not null default 'pending'
    check (state in ('pending', 'delivered', 'denied', 'nobody', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  settled_at timestamptz,
  -- ODS code of the partner, and why it was not told
  recipient text,
  reason text,
  unique (resource_type, resource_id, resource_version)
);

create index outbox_due on fingerpost.outbox (sequence) where state = 'pending';

-- Assertions taken at the token endpoint: each counts once, on every node.
create table fingerpost.client_assertion (
  client text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (client, jti)
);
