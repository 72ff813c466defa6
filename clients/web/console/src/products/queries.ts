import type { RecommendationKind } from "@redress/contract/redress/order/v1/product_service_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { usePages } from "../shared/api/usePages";

export function useProducts(text: string, inStock: boolean) {
  const { api } = useWork();
  return usePages(
    ["products", text, inStock],
    (pageToken, signal) =>
      api.products.searchProducts({ text, inStock, pageToken, pageSize: 50 }, { signal }),
    (page) => page.products,
  );
}

export function useComparison(productIds: string[]) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "products", "compared", productIds],
    queryFn: ({ signal }) => api.products.compareProducts({ productIds }, { signal }),
  });
}

export function useRecommended(productId: string, kind: RecommendationKind) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "products", "recommended", productId, kind],
    queryFn: async ({ signal }) =>
      (await api.products.recommendProducts({ productId, kind }, { signal })).recommendations,
  });
}
