import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** A client that sends more requests ahead on one connection is disconnected. */
const MAX_WAITING = 100;

/**
 * Handles one request per connection at a time. Pipelined requests wait for the response before theirs; otherwise a client
 * that does not read its first response would hold a permit for each of them.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  return (request, response) => {
    // Node assigns the socket to a response once the responses before it have ended.
    if (response.socket !== null) return listener(request, response);
    const { socket } = request;
    const count = waiting.get(socket) ?? 0;
    if (count >= MAX_WAITING) return socket.destroy();
    waiting.set(socket, count + 1);
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      // Clears the stall timeout of the response before it, which would end the connection.
      socket.setTimeout(0);
      listener(request, response);
    });
  };
}
