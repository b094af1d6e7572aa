#!/bin/sh
# Puts the package where n8n looks for it, and then runs the given command. Runs at every start, because n8n's
# folder is a volume: it hides what the image has there, and would keep an older package.
set -eu

nodes="${N8N_USER_FOLDER:-$HOME}/.n8n/nodes/node_modules"
package="${POLYAI_PACKAGE:-/opt/polyai/package.tgz}"

rm -rf "$nodes/n8n-nodes-polyai"
mkdir -p "$nodes/n8n-nodes-polyai"
tar -xzf "$package" -C "$nodes/n8n-nodes-polyai" --strip-components=1

exec "$@"
