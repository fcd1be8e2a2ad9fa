import HtmlPlugin from 'html-webpack-plugin'
import type { Configuration } from 'webpack'

const configuration: Configuration = {
  entry: './src/main.tsx',
  output: { filename: '[name].[contenthash].js', clean: true },
  module: {
    rules: [{ test: /\.tsx?$/, loader: 'swc-loader', exclude: /node_modules/ }],
  },
  plugins: [new HtmlPlugin({ template: 'index.html' })],
}

export default configuration
