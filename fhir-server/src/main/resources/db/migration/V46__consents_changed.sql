-- How often a person's consents, or who may give them, have changed: what was read of them counts while this stands.
create table fingerpost.consents_changed (
  patient text primary key,
  times bigint not null
);
comment on column fingerpost.consents_changed.patient is 'Patient/<id>; whose consents came with them has no row';

-- These two are planned once for a connection: planning took PostgreSQL longer than looking, up to five times.
create function fingerpost.consents_changed_of(ids text[]) returns table (fhir_id text, times bigint)
  language plpgsql stable rows 10 set plan_cache_mode = force_generic_plan as $$
begin
  return query select p.fhir_id::text, coalesce(c.times, 0)
    from hfj_resource p left join fingerpost.consents_changed c on c.patient = 'Patient/' || p.fhir_id
    where p.res_type = 'Patient' and p.fhir_id = any(ids);
end $$;
comment on function fingerpost.consents_changed_of is 'for those of these ids that are Patients';

create function fingerpost.visible(records text[], audiences text[]) returns setof text
  language plpgsql stable rows 10 set plan_cache_mode = force_generic_plan as $$
begin
  return query select a.record from unnest(records) as a(record)
    join hfj_resource r on r.res_type = split_part(a.record, '/', 1) and r.fhir_id = split_part(a.record, '/', 2)
    where exists (select 1 from hfj_spidx_uri u
      where u.res_id = r.res_id and u.sp_name = 'visible-to' and u.sp_uri = any(audiences));
end $$;
comment on function fingerpost.visible is 'those of these records (Type/<id>) that any of these audiences may see';
