import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";

/**
 * Counts what a value goes through on its way from one function's parameter: its names and the returns of its path.
 *
 * `node scripts/dev/contextTrip.ts [FILE:FUNCTION:PARAMETER] [--with TYPE,…] [--stays]`; without an argument, the context
 * that the command `reconcile` hands on, with the project and the stack that travel beside it. The calls that take the value, an object that holds it, or a member of it are followed
 * in the order in which they are written, into every function of this workspace that the compiler can name; what is
 * chosen while the program runs, such as a client's method, ends the way.
 */
const root = join(import.meta.dirname, "..", "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stays: { type: "boolean" }, with: { type: "string", default: "Project,Stack" } },
});
const [start = "sdk/nodejs/src/cli/reconcile/reconcile.ts:reconcile:context"] = positionals;

type WithBody = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

/** One stay in a file: every function that was entered there before the value went elsewhere. */
interface Stay {
  readonly file: string;
  readonly functions: string[];
}

const program = createProgram();
const checker = program.getTypeChecker();
const carriers = new Set<ts.Symbol>();
const parts = new Set<ts.Type>();
const names = new Set<string>();
const stays: Stay[] = [];
const returning = new Map<ts.Node, boolean>();
const walked = new Set<string>();

follow(start);
const files = new Set(stays.map(({ file }) => file));
if (values.stays) for (const { file, functions } of stays) console.log(`${file}: ${functions.join(", ")}`);
console.log(`${names.size} names, ${stays.length - files.size} returns to a file already left, ${files.size} files`);
if (values.stays) console.log([...names].sort().join(" "));

function createProgram(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  if (config === undefined) throw new Error("tsconfig.json cannot be read");
  return ts.createProgram(config.fileNames, { ...config.options, customConditions: ["development"] });
}

function follow(place: string): void {
  const [file = "", name, parameter] = place.split(":");
  const source = program.getSourceFile(join(root, file));
  const found = source?.statements.find((node) => ts.isFunctionDeclaration(node) && node.name?.text === name);
  const declaration = found && ts.isFunctionDeclaration(found) && hasBody(found) ? found : undefined;
  const entry = declaration?.parameters.find((each) => each.name.getText() === parameter);
  if (declaration === undefined || entry === undefined) throw new Error(`${place} names no parameter of a function`);
  for (const type of [...partsOf(checker.getTypeAtLocation(entry)), ...companions()]) parts.add(type);
  bind(entry.name);
  enter(declaration);
}

/** Notes a stay where the value goes to another file than the one it is in, then walks the function. */
function enter(declaration: WithBody): boolean {
  const file = relative(root, declaration.getSourceFile().fileName);
  const name = declaration.name?.getText() ?? "(a function without a name)";
  const here = stays.at(-1);
  if (here?.file === file) here.functions.push(name);
  else stays.push({ file, functions: [name] });
  const carried = declaration.parameters.map(({ name: binding }) => isCarried(binding)).join();
  const key = `${file}:${declaration.pos}:${carried}`;
  if (walked.has(key)) return returning.get(declaration) ?? false;
  walked.add(key);
  const returns = walk(declaration.body, declaration);
  returning.set(declaration, returns || (returning.get(declaration) ?? false));
  return returns;
}

/** Whether the function hands the value back. */
function walk(node: ts.Node, within: WithBody): boolean {
  if (!ts.isBlock(node) && node === within.body) return carries(node as ts.Expression);
  let returns = false;
  const visit = (child: ts.Node): void => {
    if (ts.isVariableDeclaration(child) && child.initializer) {
      if (carries(child.initializer)) bind(child.name);
      return;
    }
    if (ts.isReturnStatement(child) && child.expression) {
      returns = carries(child.expression) || returns;
      return;
    }
    if (ts.isForOfStatement(child)) {
      const carried = carries(child.expression);
      if (carried && ts.isVariableDeclarationList(child.initializer))
        for (const { name } of child.initializer.declarations) bind(name);
      visit(child.statement);
      return;
    }
    if (isFunction(child) && child !== within) {
      if (hasBody(child)) walk(child.body, child);
      return;
    }
    if (ts.isExpression(child)) carries(child);
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return returns;
}

/** Whether the expression is the value, holds it, or is a part of it; the calls in it are followed on the way. */
function carries(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return isCarrier(node);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    return carries(node.expression) && isPart(checker.getTypeAtLocation(node));
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return call(node);
  if (isFunction(node)) return hasBody(node) ? walk(node.body, node) : false;
  if (ts.isObjectLiteralExpression(node)) return some(node.properties.map(isCarriedBy));
  if (ts.isConditionalExpression(node)) {
    carries(node.condition);
    return some([carries(node.whenTrue), carries(node.whenFalse)]);
  }
  let found = false;
  ts.forEachChild(node, (child) => {
    if (ts.isExpression(child)) found = carries(child) || found;
    else ts.forEachChild(child, (deeper) => void (ts.isExpression(deeper) && carries(deeper)));
  });
  return ts.isBinaryExpression(node) ? found && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken : found;
}

function some(values: readonly boolean[]): boolean {
  return values.some(Boolean);
}

function isCarriedBy(property: ts.ObjectLiteralElementLike): boolean {
  if (ts.isPropertyAssignment(property)) return carries(property.initializer);
  if (ts.isShorthandPropertyAssignment(property)) {
    const symbol = checker.getShorthandAssignmentValueSymbol(property);
    return symbol !== undefined && carriers.has(symbol);
  }
  if (ts.isSpreadAssignment(property)) return carries(property.expression);
  if (ts.isMethodDeclaration(property) && hasBody(property)) walk(property.body, property);
  return false;
}

function call(node: ts.CallExpression | ts.NewExpression): boolean {
  const given = (node.arguments ?? []).map((argument) => ({ argument, carried: carries(argument) }));
  const onCarrier = ts.isPropertyAccessExpression(node.expression) && carries(node.expression.expression);
  const declaration = checker.getResolvedSignature(node)?.declaration;
  if (!declaration || !isFunction(declaration) || !hasBody(declaration) || !isOurs(declaration)) {
    if (ts.isCallExpression(node.expression)) carries(node.expression);
    return onCarrier && isChain(node);
  }
  if (!some(given.map(({ carried }) => carried))) return false;
  declaration.parameters.forEach((parameter, index) => {
    const { argument, carried } = given[index] ?? {};
    if (argument && carried) bindFrom(parameter.name, argument);
  });
  return enter(declaration);
}

/** A list of carriers stays one through `map`, `filter` and their like. */
function isChain(node: ts.CallExpression | ts.NewExpression): boolean {
  return (
    ts.isPropertyAccessExpression(node.expression) &&
    /^(map|filter|flatMap|find|then|at)$/.test(node.expression.name.text)
  );
}

/** A pattern that takes an object literal apart carries the members that were given as carriers. */
function bindFrom(name: ts.BindingName, argument: ts.Expression): void {
  if (!ts.isObjectBindingPattern(name) || !ts.isObjectLiteralExpression(argument)) {
    bind(name);
    return;
  }
  const carried = new Map(
    argument.properties.map((property) => [property.name?.getText() ?? "...", isCarriedBy(property)] as const),
  );
  for (const element of name.elements) {
    const key = (element.propertyName ?? element.name).getText();
    if (carried.get(key) ?? carried.get("...") ?? element.dotDotDotToken !== undefined) bind(element.name);
  }
}

function bind(name: ts.BindingName): void {
  if (!ts.isIdentifier(name)) {
    for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
    return;
  }
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol || !isPart(checker.getTypeAtLocation(name))) return;
  carriers.add(symbol);
  names.add(name.text);
}

/** The types of this workspace that travel beside it, by their names. */
function companions(): readonly ts.Type[] {
  const wanted = new Set(values.with.split(","));
  const ours = program.getSourceFiles().filter((file) => isOurs(file) && file.fileName.includes("sdk/nodejs/src"));
  const declared = ours.flatMap((file) => file.statements.filter((node) => ts.isInterfaceDeclaration(node)));
  return declared.filter(({ name }) => wanted.has(name.text)).map((node) => checker.getTypeAtLocation(node));
}

/** Whether a value of this type is the value that is followed, one of its members, or an object that holds one. */
function isPart(type: ts.Type, depth = 0): boolean {
  if (type.isUnionOrIntersection()) return type.types.some((each) => isPart(each, depth));
  if (parts.has(type)) return true;
  if (depth === 3 || !(type.flags & ts.TypeFlags.Object) || type.getCallSignatures().length > 0) return false;
  if (checker.isArrayType(type))
    return checker.getTypeArguments(type as ts.TypeReference).some((each) => isPart(each, depth));
  if (type.symbol?.declarations?.every((each) => isNamed(each) && !isOurs(each))) return false;
  return type.getProperties().some((member) => isPart(checker.getTypeOfSymbol(member), depth + 1));
}

/** The type itself and those of its members that are objects. */
function partsOf(type: ts.Type): readonly ts.Type[] {
  const members = type.getProperties().map((member) => checker.getTypeOfSymbol(member));
  return [type, ...members.filter(({ flags }) => flags & ts.TypeFlags.Object)];
}

function isCarried(name: ts.BindingName): boolean {
  if (ts.isIdentifier(name)) return isCarrier(name);
  return name.elements.some((element) => ts.isBindingElement(element) && isCarried(element.name));
}

function isCarrier(node: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol !== undefined && carriers.has(symbol);
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node;
}

function hasBody(node: ts.FunctionLikeDeclaration): node is WithBody {
  return node.body !== undefined;
}

function isNamed(node: ts.Node): boolean {
  return ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);
}

function isOurs(node: ts.Node): boolean {
  const file = relative(root, node.getSourceFile().fileName);
  return !file.startsWith("..") && !file.includes("node_modules") && !file.endsWith(".d.ts");
}
