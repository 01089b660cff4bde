/// `GET /openapi.json`: the interface in OpenAPI 3.1, written by hand. A test holds that it names every `Route`.
enum OpenAPI {
  static let document = #"""
    {
      "openapi": "3.1.0",
      "info": {
        "title": "Inner Coach",
        "version": "1",
        "summary": "Ask about inner leadership; get passages, a small step and an open question.",
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
      },
      "paths": {
        "/v1/ask": {
          "post": {
            "summary": "Ask a question, or give a command such as /more",
            "security": [{}, { "token": [] }],
            "requestBody": {
              "required": true,
              "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Ask" } } }
            },
            "responses": {
              "200": { "$ref": "#/components/responses/Reply" },
              "default": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/v1/search": {
          "get": {
            "summary": "The passages nearest to some words, with the reason for each score",
            "security": [{}, { "token": [] }],
            "parameters": [
              { "name": "q", "in": "query", "required": true, "schema": { "type": "string", "maxLength": 8192 } },
              {
                "name": "limit", "in": "query",
                "schema": { "type": "integer", "minimum": 1, "maximum": 50, "default": 10 }
              }
            ],
            "responses": {
              "200": { "$ref": "#/components/responses/Content" },
              "default": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/v1/concepts": {
          "get": {
            "summary": "The topics that the knowledge covers",
            "security": [{}, { "token": [] }],
            "responses": {
              "200": { "$ref": "#/components/responses/Content" },
              "default": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/v1/tip": {
          "get": {
            "summary": "One thing to do or notice today",
            "security": [{}, { "token": [] }],
            "parameters": [{ "name": "topic", "in": "query", "schema": { "type": "string", "maxLength": 8192 } }],
            "responses": {
              "200": { "$ref": "#/components/responses/Reply" },
              "default": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/hooks/{channel}": {
          "post": {
            "summary": "Where a chat platform sends commands, events and handshakes, with its own proof of origin",
            "parameters": [{ "name": "channel", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": {
              "required": true,
              "content": {
                "application/json": { "schema": { "type": "object" } },
                "application/x-www-form-urlencoded": { "schema": { "type": "object" } }
              }
            },
            "responses": {
              "200": { "description": "Taken, or not for this service; a handshake's answer is in the body." },
              "default": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/healthz": {
          "get": { "summary": "The process is alive", "responses": { "200": { "$ref": "#/components/responses/Text" } } }
        },
        "/readyz": {
          "get": {
            "summary": "Questions can be answered",
            "responses": {
              "200": { "$ref": "#/components/responses/Text" },
              "503": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/metrics": {
          "get": {
            "summary": "Figures in Prometheus' text format",
            "security": [{}, { "token": [] }],
            "responses": {
              "200": { "$ref": "#/components/responses/Text" },
              "default": { "$ref": "#/components/responses/Problem" }
            }
          }
        },
        "/openapi.json": {
          "get": {
            "summary": "This document",
            "responses": { "200": { "description": "OpenAPI 3.1", "content": { "application/json": {} } } }
          }
        }
      },
      "components": {
        "securitySchemes": {
          "token": {
            "type": "http", "scheme": "bearer",
            "description": "The token that the operator set. Without one, only programs on the same machine are answered."
          }
        },
        "responses": {
          "Reply": {
            "description": "What the coach says",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Reply" } },
              "text/plain": { "schema": { "type": "string" } }
            }
          },
          "Content": {
            "description": "JSON for programs, text for people",
            "content": { "application/json": {}, "text/plain": { "schema": { "type": "string" } } }
          },
          "Text": { "description": "Plain text", "content": { "text/plain": { "schema": { "type": "string" } } } },
          "Problem": {
            "description": "A fault, with what to do about it (RFC 9457)",
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
          }
        },
        "schemas": {
          "Ask": {
            "type": "object",
            "required": ["ask"],
            "additionalProperties": false,
            "properties": {
              "ask": { "type": "string", "maxLength": 8192 },
              "id": { "type": "string", "maxLength": 128, "description": "Echoed in the reply." },
              "conversation": { "type": "string", "description": "From an earlier reply; an unknown one starts afresh." }
            }
          },
          "Reply": {
            "type": "object",
            "required": ["kind", "text"],
            "properties": {
              "kind": { "enum": ["answer", "unknown", "boundary", "prompt", "notice", "error"] },
              "id": { "type": "string" },
              "conversation": { "type": "string", "description": "A bearer secret for what was said in it." },
              "code": { "type": "string" },
              "text": { "type": "string", "description": "What a person reads." },
              "answer": { "type": "string" },
              "practice": { "type": "string", "description": "If …, then …" },
              "question": { "type": "string", "description": "One open question." },
              "passages": { "type": "array", "items": { "$ref": "#/components/schemas/Passage" } },
              "near": { "type": "array", "items": { "$ref": "#/components/schemas/Topic" } },
              "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
              "repaired": { "type": "object", "additionalProperties": { "type": "string" } },
              "degraded": { "type": "string" }
            }
          },
          "Passage": {
            "type": "object",
            "required": ["id", "document", "title", "text", "source", "score"],
            "properties": {
              "id": { "type": "string", "description": "document#section" },
              "document": { "type": "string" },
              "title": { "type": "string" },
              "text": { "type": "string" },
              "source": { "type": "string" },
              "score": { "type": "number", "minimum": 0, "maximum": 1 }
            }
          },
          "Topic": {
            "type": "object",
            "required": ["document", "title"],
            "properties": { "document": { "type": "string" }, "title": { "type": "string" } }
          },
          "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
              "type": { "type": "string", "format": "uri-reference" },
              "title": { "type": "string" },
              "status": { "type": "integer" },
              "detail": { "type": "string", "description": "What happened and what to do about it." },
              "code": { "type": "string", "description": "A stable word for programs." },
              "missing": { "type": "array", "items": { "type": "string" } }
            }
          }
        }
      }
    }
    """#
}
