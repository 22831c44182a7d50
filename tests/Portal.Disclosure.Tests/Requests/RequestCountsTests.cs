using Portal.Disclosure.Requests;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>Table 3 of the annual report as a query.</summary>
public sealed class RequestCountsTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task The_table_balances_in_every_column_and_carries_over()
    {
        var officer = await desk.Officer();
        var site = desk.Site(RequestDesk.SiteKey);
        var year = desk.Today.Year;
        var closed = await Confirmed(officer);
        await desk.Taken(officer, closed, RequestTrigger.Withdraw, ("Note", "书面撤回。"));
        await Confirmed(officer, ("ApplicantKind", "Research"), ("Contact", "郁林"), ("Document", "CreditCode"), ("DocumentNumber", "91350100M000100Y43"));
        await desk.Submitted();

        var table = await Table(site.OrganisationId, year);
        Assert.Equal((2, 0, 1, 1), (table.Total(RequestCounts.New), table.Total(RequestCounts.CarriedOver), table.Total(RequestCounts.Closed), table.Total(RequestCounts.Carried)));
        Assert.Equal(1, table.At("3.6.3", ApplicantKind.NaturalPerson));
        Assert.Equal(1, table.At(RequestCounts.Carried, ApplicantKind.Research));
        Balanced(table);

        // Next year begins with what this one carries on, column by column.
        var next = await Table(site.OrganisationId, year + 1);
        Balanced(next);
        foreach (var kind in Enum.GetValues<ApplicantKind>())
        {
            Assert.Equal(table.At(RequestCounts.Carried, kind), next.At(RequestCounts.CarriedOver, kind));
        }
    }

    private async Task<Guid> Confirmed(Person officer, params (string Name, string Value)[] changes)
    {
        var id = (await desk.Submitted(changes)).Id;
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        return id;
    }

    private Task<RequestTable> Table(Guid organisation, int year) =>
        desk.Use<RequestCounts, RequestTable>(counts => counts.TableAsync(organisation, year, CancellationToken.None));

    private static void Balanced(RequestTable table)
    {
        foreach (var kind in Enum.GetValues<ApplicantKind>())
        {
            Assert.Equal(
                table.At(RequestCounts.New, kind) + table.At(RequestCounts.CarriedOver, kind),
                table.At(RequestCounts.Closed, kind) + table.At(RequestCounts.Carried, kind));
            Assert.Equal(table.At(RequestCounts.Closed, kind), ReplyRows.Current.Rows.Sum(row => table.At(row.Code, kind)));
        }
    }
}
