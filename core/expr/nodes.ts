/** What every node of the tree has: where it starts in the source, and how many levels it spans. */
interface Position {
  readonly start: number
  readonly height: number
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not'

/** `for a, b in iterable if condition …`; several targets take the items of each element apart. */
export interface Clause {
  readonly targets: readonly string[]
  readonly iterable: Node
  readonly conditions: readonly Node[]
}

/** A node without its position, as the parser states it. */
export type Shape =
  | { readonly kind: 'constant'; readonly value: null | boolean | number | string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Node[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [key: Node, value: Node])[] }
  | { readonly kind: 'attribute'; readonly of: Node; readonly name: string }
  | { readonly kind: 'subscript'; readonly of: Node; readonly index: Node }
  | { readonly kind: 'slice'; readonly of: Node; readonly bounds: readonly (Node | undefined)[] }
  | {
      readonly kind: 'call'
      readonly callee: Node
      readonly args: readonly Node[]
      readonly keywords: readonly (readonly [name: string, value: Node])[]
    }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-' | '+'; readonly operand: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'logical'; readonly operator: 'and' | 'or'; readonly operands: readonly Node[] }
  | {
      readonly kind: 'compare'
      readonly first: Node
      readonly rest: readonly (readonly [operator: CompareOperator, operand: Node])[]
    }
  | { readonly kind: 'conditional'; readonly test: Node; readonly whenTrue: Node; readonly whenFalse: Node }
  | {
      readonly kind: 'comprehension'
      readonly form: 'list' | 'set' | 'dict'
      /** One element, or the key and the value of a dict. */
      readonly elements: readonly Node[]
      readonly clauses: readonly Clause[]
    }

/** A node of a parsed expression; the whole tree is frozen. */
export type Node = Shape & Position

/** A node of one kind. */
export type NodeOf<K extends Node['kind']> = WithKind<Node, K>

type WithKind<N extends Node, K> = N extends Node ? (K extends N['kind'] ? N : never) : never

/** Nodes directly below a node, in the order of the source. */
export function children(node: Shape): readonly Node[] {
  switch (node.kind) {
    case 'constant':
    case 'name':
      return []
    case 'list':
    case 'tuple':
    case 'set':
      return node.items
    case 'dict':
      return node.entries.flat()
    case 'attribute':
      return [node.of]
    case 'subscript':
      return [node.of, node.index]
    case 'slice':
      return [node.of, ...node.bounds.filter((bound) => bound !== undefined)]
    case 'call':
      return [node.callee, ...node.args, ...node.keywords.map(([, value]) => value)]
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'logical':
      return node.operands
    case 'compare':
      return [node.first, ...node.rest.map(([, operand]) => operand)]
    case 'conditional':
      return [node.test, node.whenTrue, node.whenFalse]
    default:
      return [...node.elements, ...node.clauses.flatMap((clause) => [clause.iterable, ...clause.conditions])]
  }
}
