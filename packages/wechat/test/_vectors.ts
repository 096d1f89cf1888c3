import vectors from './fixtures/vectors.json' with { type: 'json' }

/** WeChat's published examples of encryption and signatures, each with its address. */
export { vectors }
