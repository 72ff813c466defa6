import type { RecommendationKind } from "@redress/contract/redress/order/v1/product_service_pb";
import { Code, ConnectError } from "@connectrpc/connect";
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

// Codes hardly ever change their product.
const codeKnown_ms = 300_000;

export function useProduct(productId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "products", "one", productId],
    queryFn: async ({ signal }) =>
      (await api.products.getProduct({ key: { case: "productId", value: productId } }, { signal }))
        .product,
  });
}

// Null where the shop has no product of the code.
export function useProductOfCode(code: string) {
  const { api, shop, can } = useWork();
  const mayLook = can(
    "ROLE_AGENT",
    "ROLE_SUPERVISOR",
    "ROLE_FINANCE",
    "ROLE_ADMIN",
    "ROLE_AUDITOR",
  );
  return useQuery({
    queryKey: [shop.shopId, "products", "of code", code],
    queryFn: async ({ signal }) => {
      try {
        const key = { case: "code", value: code } as const;
        return (await api.products.getProduct({ key }, { signal })).product ?? null;
      } catch (error) {
        if (ConnectError.from(error).code === Code.NotFound) return null;
        throw error;
      }
    },
    enabled: code !== "" && mayLook,
    staleTime: codeKnown_ms,
  });
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
