// Queries with the items that they must bring, and how well answers do.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { hash, place } from '../corpus/places.mjs';

/** The queries in the source language. */
export function queries(file, language = 'zh-Hans') {
  return parse(readFileSync(file, 'utf8'))
    .filter((test) => (test.lang ?? language) === language)
    .map(({ query, items }) => ({ query: String(query), items }));
}

/** The same with the name of a place before the query: the variant of that place is wanted. */
export function withPlaces(tests, places) {
  return tests.map(({ query, items }) => {
    const k = 1 + (hash(query) % places);
    return { query: place(k) + query, exact: items.map((slug) => `${slug}-${k}`) };
  });
}

/** MRR@10, the share of queries with an empty answer, and those without the item among the first ten. */
export function score(tests, answers) {
  let sum = 0, empty = 0;
  const misses = [];
  tests.forEach((test, n) => {
    const slugs = answers[n].map(([slug]) => slug);
    const wanted = test.exact ?? test.items;
    const fits = (slug) => wanted.includes(test.exact ? slug : slug.replace(/-\d+$/, '')) || wanted.includes(slug);
    const rank = slugs.findIndex(fits) + 1;
    if (!slugs.length) empty += 1;
    if (rank) sum += 1 / rank;
    else misses.push({ query: test.query, wanted, first: slugs.slice(0, 3) });
  });
  return { mrr: sum / tests.length, empty: empty / tests.length, misses };
}
