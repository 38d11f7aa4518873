// Starts what the page has. Each part before this file is a function that finds
// its own elements below the root it is given, and does nothing where there are none.
if (typeof document !== "undefined") {
  const parts = [
    startChecklists,
    startDeadlines,
    startVisits,
    startCases,
  ];
  for (const part of parts) part(document);
}
