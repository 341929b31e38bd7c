-- Prices: ¥ per second, each in force from a moment of its own until the next of the same product.

create table price (
    id             integer        generated always as identity primary key,
    model          text           not null,
    mode           text           not null check (mode in ('t2v', 'i2v', 'r2v')),
    resolution     text           not null check (resolution in ('720p', '1080p')),
    audio          boolean        not null,
    -- Null where the price ends and nothing takes its place.
    unit_price     numeric(12, 6) check (unit_price > 0),
    currency       text           not null default 'CNY' check (currency = 'CNY'),
    billable       text           not null check (billable in ('output', 'input_and_output')),
    effective_from timestamptz    not null,
    -- Null for the prices that come with the gateway.
    created_by     integer        references operator (id),
    created_at     timestamptz    not null,

    constraint one_price_at_a_time unique (model, mode, resolution, audio, effective_from),

    -- Replicas keep what they have read for as long as this, so a price must be there before it counts.
    constraint never_in_the_past
        check (created_by is null or effective_from >= created_at + interval '1 second')
);

create trigger price_is_append_only before update or delete or truncate on price
    for each statement execute function refuse_change();

create view price_in_force as
    select *,
           lead(effective_from) over (
               partition by model, mode, resolution, audio order by effective_from) as effective_to
      from price;

-- The prices of the contract, per second and the same for both modes. Alibaba bills reference seconds too.
insert into price (model, mode, resolution, audio, unit_price, billable, effective_from, created_at)
select 'wan2.6-flash', mode, resolution, audio, unit_price, billable, '2026-01-01T00:00:00+08:00', now()
  from (values ('i2v', 'output'), ('r2v', 'input_and_output')) modes (mode, billable)
 cross join (values ('720p',  true,  0.30),
                    ('1080p', true,  0.50),
                    ('720p',  false, 0.15),
                    ('1080p', false, 0.25)) prices (resolution, audio, unit_price)
 order by mode, resolution desc, audio desc;
