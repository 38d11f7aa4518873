// Other search engines over the same records.

/** The peers, indexed. */
export async function peers() {
  return [];
}
