using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Disclosure.Directory;
using Portal.Host.Contracts;
using Portal.Shared.Text;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>索引号: unique, without gaps, never changed.</summary>
public sealed class IndexNumbersTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private static readonly OrganisationSummary Office = new(
        Guid.CreateVersion7(), "云岭省人民政府办公厅", "省政府办公厅", "Department", "990000", "11990000990002741K", null);

    [Fact]
    public void The_default_gives_the_twenty_characters_of_the_rules() =>
        Assert.Equal("990002741/2026-00007", IndexTemplate.Parse(IndexTemplate.Default)!.Write(Office, 2026, 7));

    [Theory]
    [InlineData("{org18}/{yyyy}-{nnnnnn}", "11990000990002741K/2026-000007")]
    [InlineData("{org9}-{yyyy}-{nnnnnn}", "990002741-2026-000007")]
    [InlineData("{region}{org9}{yyyy}{nnnnn}", "990000990002741202600007")]
    public void A_template_writes_the_forms_in_use(string template, string number) =>
        Assert.Equal(number, IndexTemplate.Parse(template)!.Write(Office, 2026, 7));

    [Theory]
    [InlineData("{org9}/{nnnnn}")]
    [InlineData("{yyyy}-{nnnnn}")]
    [InlineData("{org9}/{yyyy}")]
    [InlineData("{org9}/{yyyy}-{nnnnn}-{nnn}")]
    [InlineData("{org9}/{yyyy}-{nnnnn} ")]
    [InlineData("{org9}/{yyyy}-{month}{nnnnn}")]
    [InlineData("号{org9}/{yyyy}-{nnnnn}")]
    public void A_template_that_could_repeat_a_number_is_none(string template) => Assert.Null(IndexTemplate.Parse(template));

    [Theory]
    [InlineData("000014349")]
    [InlineData("011336909")]
    [InlineData("01527918X")]
    [InlineData("053533505")]
    [InlineData("008282882")]
    public void Check_digits_of_organisation_codes_in_use_hold(string code) => Assert.True(IndexScheme.IsOrganisationCode(code));

    [Theory]
    [InlineData("11441700007280420Y")]
    [InlineData("11330800MB0R57773W")]
    [InlineData("11341702730007167P")]
    public void Check_characters_of_credit_codes_in_use_hold(string code) => Assert.True(CreditCode.IsValid(code));

    [Theory]
    [InlineData("000014349/2017-00110", "cat09", false)]
    [InlineData("035210000/2017-00110", "cat09", true)]
    [InlineData("11441700007280420Y/2021-00050", "credit18", false)]
    [InlineData("11330800MB0R57773W/2021-130444", "credit18", false)]
    [InlineData("11341702730007167P/202311-00085", "credit18-month", false)]
    [InlineData("01527918X-2020-153077", "dashed", false)]
    [InlineData("530000123456202000012", "digits21", false)]
    [InlineData("宁政办-01-2020", "other", false)]
    public void Numbers_from_elsewhere_keep_their_form(string number, string scheme, bool doubtful) =>
        Assert.Equal((scheme, doubtful), (IndexScheme.Of(number), IndexScheme.HasDoubtfulCode(number)));

    [Property]
    public bool Two_serials_never_give_one_number(FsCheck.PositiveInt first, FsCheck.PositiveInt second, bool sameYear)
    {
        var template = IndexTemplate.Parse(IndexTemplate.Default)!;
        var year = sameYear ? 2026 : 2027;
        return (first.Get == second.Get && sameYear)
            == (template.Write(Office, 2026, first.Get) == template.Write(Office, year, second.Get));
    }

    [Fact]
    public async Task Eight_writers_leave_no_gap_even_when_some_roll_back()
    {
        var organisation = Office with { CreditCode = "11990000990009599Q" };
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            List<string> kept = [];
            for (var i = 0; i < 12; i++)
            {
                var commit = (writer + i) % 3 != 0;
                var number = await host.InTransaction(
                    services => services.GetRequiredService<IndexNumbers>().NextAsync(
                        organisation, 2026, IndexTemplate.Parse(IndexTemplate.Default)!, CancellationToken.None),
                    commit);
                if (commit)
                {
                    kept.Add(number);
                }
            }

            return kept;
        });
        var numbers = (await Task.WhenAll(writers)).SelectMany(kept => kept).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(
            Enumerable.Range(1, 64).Select(serial => $"990009599/2026-{serial:00000}"), numbers);
    }

    [Fact]
    public async Task Entries_of_concurrent_writers_have_sequences_without_gap_in_the_order_of_their_commits()
    {
        await using var own = new DisclosureHost();
        await own.InitializeAsync();
        var channels = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => own.Channel("jyt")));
        var editions = new List<(Guid, Guid)>();
        foreach (var channel in channels)
        {
            for (var i = 0; i < 6; i++)
            {
                var edition = await own.Publish(channel);
                editions.Add((edition.DocumentId, edition.SiteId));
            }
        }

        long highest = 0;
        var watching = true;
        var reader = Task.Run(async () =>
        {
            // Whatever a reader sees is whole: no number below the highest is missing, now or later.
            while (Volatile.Read(ref watching))
            {
                var seen = await own.Read(db => db.Changes.Select(change => change.Sequence).ToListAsync(TestContext.Current.CancellationToken));
                Assert.Equal(seen.Count, seen.Count == 0 ? 0 : seen.Max());
                highest = Math.Max(highest, seen.Count);
            }
        }, TestContext.Current.CancellationToken);
        await Task.WhenAll(editions.Select((document, index) => own.InTransaction(
            services => services.GetRequiredService<DocumentEntries>().RenewAsync([document], null, CancellationToken.None),
            commit: index % 4 != 0)));
        Volatile.Write(ref watching, false);
        await reader;

        var changes = await own.Read(db => db.Changes.OrderBy(change => change.Sequence).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(1, 18).Select(number => (long)number), changes.Select(change => change.Sequence));
        Assert.True(highest <= 18);
        var numbers = await own.Read(db => db.Entries.Select(entry => entry.IndexNumber).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(18, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(int.Parse(number[^5..], System.Globalization.CultureInfo.InvariantCulture), 1, 18));
    }

    [Theory]
    [InlineData("update disclosure.directory_entries set index_number = '000000000/2026-99999' where id = $1")]
    [InlineData("update disclosure.directory_entries set document_id = null where id = $1")]
    [InlineData("delete from disclosure.directory_entries where id = $1")]
    [InlineData("update disclosure.directory_changes set kind = 'Tombstone' where entry_id = $1")]
    [InlineData("delete from disclosure.directory_changes where entry_id = $1")]
    public async Task The_database_itself_refuses_to_change_a_number_or_a_change(string sql)
    {
        var entry = await host.Entry(await host.Channel());
        await using var connection = new NpgsqlConnection(host.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = entry.Id } } };
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal("P0001", refusal.SqlState);
    }
}
