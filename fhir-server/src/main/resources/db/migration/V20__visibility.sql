-- Who records are indexed for, and whose records have to be looked at again because time passes.

create table fingerpost.audience (
  uri        text primary key,
  added_at   timestamptz not null,
  indexed_at timestamptz
);
comment on column fingerpost.audience.uri is
  'urn:fingerpost:audience:<organisation>:<kind>:<purpose>, as in hfj_spidx_uri';
comment on column fingerpost.audience.indexed_at is
  'when all records had been gone through for it; until then it is searched for without the index';

create table fingerpost.visibility_due (
  patient text primary key,
  due_at  timestamptz not null
);
comment on column fingerpost.visibility_due.patient is 'Patient/<id>';
comment on column fingerpost.visibility_due.due_at is
  'when a consent of this person begins or ends next';
create index visibility_due_at on fingerpost.visibility_due (due_at);
