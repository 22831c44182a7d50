using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;

namespace Portal.Architecture.Tests;

/// <summary>Each rule finds a breach: a rule that cannot fail protects nothing.</summary>
public sealed class RuleProofs
{
    [Theory]
    [InlineData("Portal.Publishing", "Portal.Audit")]
    [InlineData("Portal.Shared", "Portal.Publishing")]
    [InlineData("Portal.Audit.Contracts", "Portal.Shared")]
    public void A_reference_across_the_boundary_is_found(string project, string reference) =>
        Assert.NotEmpty(Rules.References(project, [reference]));

    [Fact]
    public void A_contract_that_knows_too_much_is_found() =>
        Assert.NotEmpty(Rules.ContractReferences(typeof(RuleProofs).Assembly));

    [Fact]
    public void An_open_handler_is_found() => Assert.NotEmpty(Rules.Closed([typeof(OpenHandler)]));

    [Fact]
    public void A_request_without_permission_is_found() => Assert.NotEmpty(Rules.Guarded([typeof(Unguarded)]));

    [Fact]
    public void A_guarded_request_is_accepted() => Assert.Empty(Rules.Guarded([typeof(Guarded)]));

    [Fact]
    public void A_request_without_handler_is_found() => Assert.NotEmpty(Rules.Handlers([typeof(Unguarded)]));

    [Fact]
    public void A_fact_that_is_handled_twice_in_a_module_is_found() =>
        Assert.NotEmpty(Rules.Handlers([typeof(FirstHandler), typeof(SecondHandler)]));

    [Fact]
    public void An_endpoint_outside_its_folder_is_found() => Assert.NotEmpty(Rules.SliceNames([typeof(StrayEndpoint)]));

    [Fact]
    public void A_table_of_another_schema_is_found()
    {
        using var db = new Strayed(new DbContextOptionsBuilder<Strayed>().UseNpgsql().Options);
        Assert.NotEmpty(Rules.Schemas(db.Model, "publishing"));
    }

    [Theory]
    [InlineData("select * from host.staff")]
    [InlineData("insert into audit.entries values (1)")]
    public void Sql_on_another_modules_table_is_found(string sql) =>
        Assert.NotEmpty(Rules.ForeignSql("x.cs", sql, "publishing", ["host", "audit", "publishing"]));

    [Fact]
    public void An_endpoint_that_says_nothing_is_found_on_every_count()
    {
        var facts = Rules.EndpointFacts(Endpoint("POST")).ToList();
        Assert.Contains(facts, fact => fact.Contains("authorisation", StringComparison.Ordinal));
        Assert.Contains(facts, fact => fact.Contains("forged", StringComparison.Ordinal));
        Assert.Contains(facts, fact => fact.Contains("caching", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_without_head_is_found() =>
        Assert.Contains(
            Rules.EndpointFacts(Endpoint("GET")), fact => fact.Contains("HEAD", StringComparison.Ordinal));

    [Fact]
    public void An_unlisted_event_is_missed_from_the_list() =>
        Assert.DoesNotContain("Portal.Publishing.Contracts.Unheard", Rules.ListedEvents("| `Portal.A.B` | x |"));

    [Fact]
    public void A_positional_form_is_found() => Assert.NotEmpty(Rules.FormBound([typeof(PositionalForm)]));

    private static RouteEndpoint Endpoint(string method) =>
        new(
            _ => Task.CompletedTask,
            RoutePatternFactory.Parse("/x"),
            0,
            new EndpointMetadataCollection(new HttpMethodMetadata([method])),
            "x");

    public sealed record Unguarded : IRequest<int>;

    public sealed record Guarded : IRequest<int>, IPublicRequest;

    public sealed record Fact1 : INotification;

    public sealed record PositionalForm(bool Ticked);

    public sealed class OpenHandler : IRequestHandler<Guarded, int>
    {
        public Task<int> Handle(Guarded request, CancellationToken cancellationToken) => Task.FromResult(1);
    }

    internal sealed class FirstHandler : INotificationHandler<Fact1>
    {
        public Task Handle(Fact1 notification, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal sealed class SecondHandler : INotificationHandler<Fact1>
    {
        public Task Handle(Fact1 notification, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal sealed class StrayEndpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app.MapGet("/stray", () => "stray");
    }

    internal sealed class Strayed(DbContextOptions<Strayed> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Row>().ToTable("rows", "host");
    }

    internal sealed class Row
    {
        public int Id { get; set; }
    }
}
