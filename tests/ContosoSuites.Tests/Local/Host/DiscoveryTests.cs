using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData(typeof(SameName), "'twin'")]
    [InlineData(typeof(SameRoute), "'One'", "'Other'", "api/hotels/{", "GET")]
    [InlineData(typeof(SameRouteAnyMethod), "'One'", "'Other'", "any method")]
    [InlineData(typeof(SameRouteOptional), "'One'", "'Other'", "GET")]
    [InlineData(typeof(BadRoute), "'Odd'", "api/{a")]
    [InlineData(typeof(BadName), "'no spaces'")]
    [InlineData(typeof(NotPublic), "'Hidden'")]
    [InlineData(typeof(NoTrigger), "'Idle'")]
    [InlineData(typeof(TextTrigger), "'Texts'", "'body'", "HttpRequest")]
    [InlineData(typeof(WantsContext), "'Contextual'", "'context'", "FunctionContext")]
    [InlineData(typeof(WantsMore), "'Wants'", "'name'", "api/Wants")]
    [InlineData(typeof(WantsOddRouteType), "'Wants'", "'id'", "Version")]
    [InlineData(typeof(ReturnsText), "'Texts'", "String")]
    [InlineData(typeof(TimerTakesText), "'Tick'", "'timer'", "String")]
    [InlineData(typeof(TimerReturnsText), "'Tick'", "String")]
    public void What_this_host_can_not_run_is_named(Type type, params string[] mentioned)
    {
        var problem = Assert.Throws<FunctionsHostException>(() => FunctionDiscovery.Find([type], "api"));

        Assert.All(mentioned, text => Assert.Contains(text, problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "admin/tools")]
    [InlineData("admin", "tools")]
    public void The_hosts_own_routes_are_reserved(string prefix, string route)
    {
        var problem = Assert.Throws<FunctionsHostException>(() => FunctionDiscovery.Find([route == "tools" ? typeof(Tools) : typeof(AdminTools)], prefix));

        Assert.Contains("reserved", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inherited_and_static_functions_are_found_abstract_and_generic_classes_are_not()
    {
        FunctionSet found = FunctionDiscovery.Find([typeof(Base), typeof(Derived), typeof(StaticHolder), typeof(Open<>), typeof(IDisposable)], "api");

        Assert.Equal(["Inherited", "Static"], found.Http.Select(f => f.Name).Order());
    }

    [Fact]
    public void Routes_that_differ_only_in_their_constraints_are_not_the_same() =>
        Assert.Equal(2, FunctionDiscovery.Find([typeof(ConstraintsDiffer)], "api").Http.Count);

    private static class SameName
    {
        [Function("Twin")]
        public static void A([HttpTrigger(Route = "a")] HttpRequest request)
        {
        }

        [Function("twin")]
        public static void B([HttpTrigger(Route = "b")] HttpRequest request)
        {
        }
    }

    private static class SameRoute
    {
        [Function("One")]
        public static void A([HttpTrigger("get", "post", Route = "Hotels/{id}/rooms")] HttpRequest request)
        {
        }

        [Function("Other")]
        public static void B([HttpTrigger("delete", "GET", Route = "hotels/{hotel}/Rooms")] HttpRequest request)
        {
        }
    }

    private static class SameRouteAnyMethod
    {
        [Function("One")]
        public static void A([HttpTrigger(Route = "x")] HttpRequest request)
        {
        }

        [Function("Other")]
        public static void B([HttpTrigger(Route = "/x")] HttpRequest request)
        {
        }
    }

    private static class SameRouteOptional
    {
        [Function("One")]
        public static void A([HttpTrigger("get", Route = "rooms/{number}")] HttpRequest request)
        {
        }

        [Function("Other")]
        public static void B([HttpTrigger("get", Route = "rooms/{name?}")] HttpRequest request)
        {
        }
    }

    private static class ConstraintsDiffer
    {
        [Function("ByNumber")]
        public static void A([HttpTrigger("get", Route = "h/{id:int}")] HttpRequest request)
        {
        }

        [Function("ByName")]
        public static void B([HttpTrigger("get", Route = "h/{id:alpha}")] HttpRequest request)
        {
        }
    }

    private static class BadRoute
    {
        [Function("Odd")]
        public static void A([HttpTrigger(Route = "{a")] HttpRequest request)
        {
        }
    }

    private static class BadName
    {
        [Function("no spaces")]
        public static void A([HttpTrigger(Route = "a")] HttpRequest request)
        {
        }
    }

    private static class NotPublic
    {
        [Function("Hidden")]
        internal static void A([HttpTrigger] HttpRequest request)
        {
        }
    }

    private static class NoTrigger
    {
        [Function("Idle")]
        public static void A(HttpRequest request)
        {
        }
    }

    private static class TextTrigger
    {
        [Function("Texts")]
        public static void A([HttpTrigger] string body)
        {
        }
    }

    // The host goes by the name: only the worker package has the class itself.
    private abstract class FunctionContext;

    private static class WantsContext
    {
        [Function("Contextual")]
        public static void A([HttpTrigger] HttpRequest request, FunctionContext context)
        {
        }
    }

    private static class WantsMore
    {
        [Function("Wants")]
        public static void A([HttpTrigger] HttpRequest request, string name)
        {
        }
    }

    private static class WantsOddRouteType
    {
        [Function("Wants")]
        public static void A([HttpTrigger(Route = "x/{id}")] HttpRequest request, Version id)
        {
        }
    }

    private static class ReturnsText
    {
        [Function("Texts")]
        public static Task<string> A([HttpTrigger] HttpRequest request) => Task.FromResult("");
    }

    private static class TimerTakesText
    {
        [Function("Tick")]
        public static void A([TimerTrigger("0 * * * * *")] string timer)
        {
        }
    }

    private static class TimerReturnsText
    {
        [Function("Tick")]
        public static string A([TimerTrigger("0 * * * * *")] TimerInfo timer) => "";
    }

    private static class Tools
    {
        [Function("Tools")]
        public static void A([HttpTrigger(Route = "tools")] HttpRequest request)
        {
        }
    }

    private static class AdminTools
    {
        [Function("Tools")]
        public static void A([HttpTrigger(Route = "Admin/tools")] HttpRequest request)
        {
        }
    }

    private abstract class Base
    {
        [Function("Inherited")]
        public void A([HttpTrigger] HttpRequest request) => GC.KeepAlive(this);
    }

    private sealed class Derived : Base;

    private static class StaticHolder
    {
        [Function("Static")]
        public static void A([HttpTrigger] HttpRequest request)
        {
        }
    }

    private sealed class Open<T>
    {
        [Function("Open")]
        public void A([HttpTrigger] HttpRequest request, T value) => GC.KeepAlive(this);
    }
}
