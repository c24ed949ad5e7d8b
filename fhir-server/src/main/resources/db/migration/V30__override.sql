-- Leave to see one person's records without consent, for a stated reason and a time.
create table fingerpost.override (
  id uuid primary key,
  kind text not null check (kind in ('EMERGENCY', 'SAFEGUARDING')),
  client text not null,
  -- ODS code
  organisation text not null,
  -- Patient/<id>
  patient text not null,
  reason text not null,
  granted_at timestamptz not null,
  until timestamptz not null,
  -- ended before its time, and the client that did
  ended_at timestamptz,
  ended_by text,
  -- Communication/<id>: how the scheme was told
  notice text not null
);

create index override_held on fingerpost.override (client, until) where ended_at is null;
create index override_newest on fingerpost.override (granted_at);
