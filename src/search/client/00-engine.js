// A stand-in until the engine is there: it finds nothing.

export function createSearch() {
  return {
    search(query) {
      return Promise.resolve({ query: query, total: 0, results: [], suggestion: null, nearest: [], facets: null });
    },
  };
}
