-- Reads the trends and the patterns of the population with Flink SQL: the released Flink, its Kafka connector
-- (flink-sql-connector-kafka) and JSON format. A test runs this file against a broker.
--
-- Bounded here: what is on the topics now. Without 'scan.bounded.mode' the same queries go on for ever.
SET 'execution.runtime-mode' = 'batch';

CREATE TEMPORARY TABLE trends (
  metric STRING,
  cohort STRING,
  figure STRING,
  item STRING,
  windowStart TIMESTAMP_LTZ(3),
  windowEnd TIMESTAMP_LTZ(3),
  sliding BOOLEAN,
  `value` DOUBLE,
  `count` BIGINT,
  among BIGINT,
  deviation ROW<z DOUBLE, p DOUBLE, expected DOUBLE, `references` INT>,
  trending BOOLEAN,
  insight STRING,
  link STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'cosmichub.population.trends.v1',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

CREATE TEMPORARY TABLE patterns (
  `pattern` STRING,
  cohort STRING,
  `group` STRING,
  given ARRAY<STRING>,
  `then` STRING,
  windowStart TIMESTAMP_LTZ(3),
  windowEnd TIMESTAMP_LTZ(3),
  `count` BIGINT,
  among BIGINT,
  support DOUBLE,
  supportInterval ROW<low DOUBLE, high DOUBLE>,
  rule ROW<confidence DOUBLE, confidenceInterval ROW<low DOUBLE, high DOUBLE>, lift DOUBLE>,
  `sample` DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'cosmichub.population.patterns.v1',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- What is trending, the surest first. An absent field is NULL here: trending is TRUE or NULL.
SELECT windowEnd, item, `count`, among, deviation.z AS z
FROM trends
WHERE figure = 'aspect.held' AND trending
ORDER BY ABS(deviation.z) DESC
LIMIT 10;

-- What comes together, by the lift that remains if the confidence is as low as its interval allows.
SELECT windowEnd, `group`, ARRAY_JOIN(given, ' and ') AS given, `then`, rule.lift AS lift,
  rule.lift * rule.confidenceInterval.low / rule.confidence AS leastLift
FROM patterns
WHERE rule IS NOT NULL
ORDER BY leastLift DESC
LIMIT 10;
