-- Codes that senders sent and no map has, until somebody maps them.
create table fingerpost.unmapped_code (
  map text not null,
  system text not null,
  code text not null,
  -- ODS code of the sending organisation
  sender text not null,
  count bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (map, system, code, sender)
);
