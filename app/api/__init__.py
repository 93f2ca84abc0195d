"""The functions behind `import caddis`: shapes, and spider webs."""
