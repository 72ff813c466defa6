import type { Product, Sku } from "@redress/contract/redress/order/v1/product_service_pb";
import { useWords } from "../shared/words";

// How many are in stock; nobody says 0 where no source says anything.
export function Stock({ of }: { of: Product | Sku }) {
  const { t } = useWords();
  if (of.withdrawn) return <span className="quiet">{t("product.withdrawn")}</span>;
  if (of.stock === undefined) return <span className="quiet">{t("product.stockUnknown")}</span>;
  return <span className={of.stock === 0 ? "needs-person" : "number"}>{of.stock}</span>;
}
