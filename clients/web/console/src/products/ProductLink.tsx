import type { ReactNode } from "react";
import { Link } from "react-router";
import { useProductOfCode } from "./queries";

interface Props {
  // A seller's code, as an order line names it.
  code: string;
  children: ReactNode;
}

// Leads to the product that has the code; where the shop knows none it is only what it says.
export function ProductLink({ code, children }: Props) {
  const known = useProductOfCode(code);
  if (!known.data) return children;
  return <Link to={`/orders/products?product=${known.data.productId}`}>{children}</Link>;
}
