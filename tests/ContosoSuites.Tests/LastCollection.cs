using System.Reflection;
using ContosoSuites.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LastCollection.Order))]

namespace ContosoSuites.Tests;

/// <summary>Tests that judge what all others have seen, and so run after them, those that run alone among them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LastCollection
{
    public const string Name = "Last";

    /// <summary>Whether all tests run, so that what was not seen is not there: with a filter much is missing.</summary>
    internal static bool IsWholeRun { get; private set; }

    /// <summary>Leaves the order as it is, but for the last one, and for those that take so long that all would wait for them in the end.</summary>
    public sealed class Order : ITestCollectionOrderer
    {
        private static readonly string[] Long =
        [
            typeof(PublishTests).FullName!,
            typeof(Functions.Storage.Cosmos.CosmosEmulatorStoreTests).FullName!,
            typeof(Functions.Gateway.ModelCallFailureTests).FullName!,
            typeof(Functions.Answers.AnswerTableTests).FullName!,
            typeof(Functions.Distribution.Chart.ChartBrowserTests).FullName!,
            typeof(Local.Logs.QueryPropertyTests).FullName!,
            typeof(Local.Cli.VerifyTests).FullName!,
            typeof(Local.Cli.StopTests).FullName!,
            typeof(Functions.Reliability.KillTests).FullName!,
        ];

        /// <inheritdoc/>
        public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
            where TTestCollection : ITestCollection
        {
            IsWholeRun = testCollections.Count == CollectionsOfTheAssembly();
            return [.. testCollections.OrderBy(collection => PlaceOf(collection))];
        }

        private static int PlaceOf(ITestCollection collection)
        {
            int place = Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains($"{name} ", StringComparison.Ordinal));
            return collection.TestCollectionDisplayName == Name ? int.MaxValue : place < 0 ? Long.Length : place;
        }

        private static int CollectionsOfTheAssembly() => typeof(LastCollection).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute))))
            .Select(type => type.GetCustomAttribute<CollectionAttribute>()?.Name ?? type.FullName)
            .Distinct()
            .Count();
    }
}
