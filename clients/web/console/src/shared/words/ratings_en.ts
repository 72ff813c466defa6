import type { ratingsZh } from "./ratings_zh";

// Ratings on the platform's side: the page's words, the ratings, why the two differ.
export const ratingsEn: typeof ratingsZh = {
  rating: {
    refunds: "Refunds",
    ratings: "Ratings",
    kinds: "Objects of the platform",
    empty: "The platform has not pushed a rating yet",
    emptyHint:
      "Once the shop's sync pushes ratings, bad and neutral ones become review cases that follow the platform.",
    noneDiffer: "The platform's ratings and the review cases agree",
    id: "Platform rating",
    now: "Rated",
    case: "Review case",
    none: "Nothing to do",
  },
  platformRating: {
    good: "Good",
    neutral: "Neutral",
    bad: "Bad",
    removed: "Removed",
    UNKNOWN: "Not said",
  },
  platformAttention: {
    TIME_UNKNOWN: "Time of the rating not given",
    RATING_DIFFERS: "Ratings differ",
  },
};
