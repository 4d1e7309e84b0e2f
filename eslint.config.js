import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'public', 'data', 'uploads', 'coverage'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', '.dependency-cruiser.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers in messages read well as they are.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => res.redirect(…)` hands nothing on and reads better without braces.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Express 5 awaits handlers and passes what they throw to the error handler.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // A signature may promise what its first version need not wait for.
      '@typescript-eslint/require-await': 'off',
      // Rows are cast where they are read, whether or not the query could infer them.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Handlers are methods of plain objects, and rows are plain data: neither knows a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Migrations, entities and errors are classes because their frameworks look for classes.
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    // A test that reads what is not there fails, which is all it should do.
    files: ['test/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  { files: ['**/*.js', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['**/*.cjs'], languageOptions: { globals: { module: 'writable' } } },
);
