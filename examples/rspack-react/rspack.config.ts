import { defineConfig } from '@rspack/cli'
import { HtmlRspackPlugin } from '@rspack/core'

export default defineConfig({
  entry: './src/main.tsx',
  output: { filename: '[name].[contenthash].js', clean: true },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'builtin:swc-loader',
        exclude: /node_modules/,
        options: {
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic' } },
          },
        },
      },
    ],
  },
  plugins: [new HtmlRspackPlugin({ template: 'index.html' })],
})
