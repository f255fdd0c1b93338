// A baseline, run as a process of its own: the same invitations behind bare Express, as one writes it in an hour.
import express from 'express';
import { authorization, create, list, listPath, port, retrieve } from './stored.ts';

const app = express();

app.use((request, response, next) => {
  if (request.headers.authorization === authorization) next();
  else response.status(401).json({ detail: 'Invalid API key.' });
});

app.get(listPath, (request, response) => {
  response.json(list(new URL(request.originalUrl, 'http://localhost').searchParams));
});

app.get(`${listPath}:id/`, (request, response) => {
  const invitation = retrieve(request.params.id);
  if (invitation === undefined) response.status(404).json({ detail: 'Not found.' });
  else response.json(invitation);
});

app.post(listPath, express.json(), (request, response) => {
  const { status, body } = create(request.body);
  response.status(status).json(body);
});

app.listen(port, '127.0.0.1');
