import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that wait on one connection for those before them. A client that sends more of them is cut off. */
const MAX_WAITING = 100;

/**
 * One request of a connection at a time: those that were sent behind it wait until it is answered. Otherwise a client
 * that does not read its first answer would hold a slot for each of the others.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  return (request, response) => {
    if (response.socket !== null) return listener(request, response);
    const { socket } = request;
    const before = waiting.get(socket) ?? 0;
    if (before >= MAX_WAITING) return socket.destroy();
    waiting.set(socket, before + 1);
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      // The time for reading the answer before it would run on, and end the connection.
      socket.setTimeout(0);
      listener(request, response);
    });
  };
}
