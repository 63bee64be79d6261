WITH counts_wide AS (
  SELECT unit, procedure, ended_half AS half,
    CAST(SUM(CASE WHEN (outcome IN ('result', 'refused')) AND ((judged_extended IN ('late')) OR (rating IS NOT NULL AND rating IN (1, 2))) THEN 1 ELSE 0 END) AS BIGINT) AS m0,
    CAST(SUM(CASE WHEN (outcome IN ('result', 'refused')) THEN 1 ELSE 0 END) AS BIGINT) AS m1
  FROM dossier
  WHERE ended_half IS NOT NULL
  GROUP BY unit, procedure, ended_half
),
counts AS (
  SELECT unit, procedure, half, m0, m1
  FROM counts_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, CAST(SUM(m0) AS BIGINT) AS m0, CAST(SUM(m1) AS BIGINT) AS m1
  FROM counts_wide GROUP BY unit, half
)
SELECT spread.measure, unit, procedure, half, 0 AS key, spread.n
FROM counts
CROSS JOIN LATERAL (VALUES ('late_or_disliked', m0), ('resolved', m1)) AS spread (measure, n)
WHERE spread.n <> 0;
