using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

namespace Portal.Testing;

/// <summary>
/// The order of the tests of a class. xunit's own follows from the folder of the build, so that a test which needs another
/// before it fails on one machine only. This one is the same everywhere; <c>PORTAL_TEST_ORDER</c>, any word, makes another.
/// </summary>
public sealed class StableOrder : ITestMethodOrderer, ITestCaseOrderer
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("PORTAL_TEST_ORDER") ?? "";

    /// <inheritdoc />
    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(IReadOnlyCollection<TTestMethod?> testMethods)
        where TTestMethod : notnull, ITestMethod =>
        [.. testMethods.OrderBy(method => Place(method?.MethodName), StringComparer.Ordinal)];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => Place(test.TestCaseDisplayName), StringComparer.Ordinal)];

    private static string Place(string? name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Seed + name)));
}
