import { describe, expect, it } from 'vitest';
import { parseRouteKey } from '#infra/local/http-api/route-key.ts';
import { routerOf } from '#infra/local/http-api/router.ts';

const resource = { logicalId: 'Route', type: 'AWS::ApiGatewayV2::Route', physicalName: 'route', arn: 'arn', properties: {} };

/** `routeKey` and path parameters of the route that serves a request. */
function routed(keys: string[], request: string): [string, Record<string, string>] | undefined {
  const [method = '', path = ''] = request.split(' ');
  const match = routerOf(keys.map((key) => ({ key, pattern: parseRouteKey(resource, key) })))(method, path);
  return match && [match.route.key, match.pathParameters];
}

describe('the route of a request', () => {
  // The worked example of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
  const documented = ['$default', 'ANY /{proxy+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'];
  it.each([
    ['GET /pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET /pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET /pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST /test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['GET /', '$default', {}],
  ])('%s goes to %s, as AWS documents', (...[request, key, parameters]) => {
    expect(routed(documented, request)).toEqual([key, parameters]);
    expect(routed(documented.toReversed(), request)).toEqual([key, parameters]);
  });

  it.each([
    ['the method of its own before ANY', ['ANY /a', 'GET /a'], 'GET /a', 'GET /a'],
    ['ANY for the other methods', ['ANY /a', 'GET /a'], 'PUT /a', 'ANY /a'],
    ['the method before a more literal path under ANY', ['ANY /pets/dog', 'GET /pets/{id}'], 'GET /pets/dog', 'GET /pets/{id}'],
    ['a literal before a variable, from left to right', ['GET /{a}/list', 'GET /files/{b}'], 'GET /files/list', 'GET /files/{b}'],
    ['the longest literal beginning of two greedy routes', ['GET /a/{p+}', 'GET /a/b/{p+}'], 'GET /a/b/c', 'GET /a/b/{p+}'],
    ['a whole match before a greedy one of the right method', ['GET /a/{p+}', 'ANY /a/{id}'], 'GET /a/b', 'ANY /a/{id}'],
    ['the greedy route when the method of the closer one is another', ['POST /a/b', 'GET /a/{p+}'], 'GET /a/b', 'GET /a/{p+}'],
    ['the root', ['GET /', 'ANY /{proxy+}'], 'GET /', 'GET /'],
    ['a path with a slash at its end, to a greedy route', ['GET /a/{p+}'], 'GET /a/', 'GET /a/{p+}'],
  ])('is %s', (...[, keys, request, expected]) => {
    expect(routed(keys, request)?.[0]).toBe(expected);
  });

  it.each([
    ['another method', ['GET /a'], 'POST /a'],
    ['a slash at the end', ['GET /a'], 'GET /a/'],
    ['nothing in a variable', ['GET /a/{id}'], 'GET /a/'],
    ['more than one segment in a variable', ['GET /a/{id}'], 'GET /a/b/c'],
    ['other letters', ['GET /a'], 'GET /A'],
    ['the root under a greedy route', ['ANY /{proxy+}'], 'GET /'],
    ['a greedy route without its last slash', ['ANY /a/{proxy+}'], 'GET /a'],
    ['a method API Gateway does not know', ['ANY /a'], 'PROPFIND /a'],
    ['HEAD where only GET is a route', ['GET /a'], 'HEAD /a'],
  ])('is none for %s', (...[, keys, request]) => {
    expect(routed(keys, request)).toBeUndefined();
  });

  it('names path variables as the route does, whatever they hold', () => {
    expect(routed(['GET /a/{x}/b/{rest+}'], 'GET /a/__proto__/b/c//d')).toEqual(['GET /a/{x}/b/{rest+}', { x: '__proto__', rest: 'c//d' }]);
  });

  it.each(['get /a', 'GET a', 'GET', 'GET /a/', 'GET /{p+}/a', 'GET /{a', 'GET /a b', 'TRACE /a', ''])(
    'cannot be keyed with "%s"',
    (key) => {
      expect(() => parseRouteKey(resource, key)).toThrow(/Route \(AWS::ApiGatewayV2::Route\)/);
    },
  );
});
