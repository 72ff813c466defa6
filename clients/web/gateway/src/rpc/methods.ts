// Which methods the gateway serves: all of the contract whose declared access lets someone from
// outside call them. Nothing here names a service; only the areas are named that have none of their
// own.
import { getOption, type DescMethod, type Registry } from "@bufbuild/protobuf";
import { access } from "@redress/contract/redress/common/v1/access_pb";

export interface ServedMethod {
  readonly method: DescMethod;
  /** The second word of its package: redress.order.v1 is served by `order`. */
  readonly area: string;
  /** Whether many services serve the area, each for its own data: the caller names which. */
  readonly shared: boolean;
  /** Whether it may be called without having logged in. */
  readonly anyone: boolean;
}

// redress.privacy.v1 is about the keys and the personal data that every service keeps for itself.
const SHARED_AREAS = new Set(["privacy"]);

const PACKAGE = /^redress\.(?<area>[a-z_]+)\.v\d+\./;

export function servedMethods(registry: Registry): ServedMethod[] {
  const served: ServedMethod[] = [];
  for (const type of registry) {
    if (type.kind !== "service") continue;
    const area = PACKAGE.exec(type.typeName)?.groups?.["area"];
    if (area === undefined) continue;
    const shared = SHARED_AREAS.has(area);
    for (const method of type.methods) {
      const { anyone, signedIn, roles } = getOption(method, access);
      if (anyone || signedIn || roles.length > 0) {
        served.push({ method, area, shared, anyone });
      }
    }
  }
  return served;
}
