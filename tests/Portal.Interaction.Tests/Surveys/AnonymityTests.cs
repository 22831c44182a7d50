using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Interaction.Surveys;
using Portal.Shared.Web;
using Portal.Testing;

namespace Portal.Interaction.Tests.Surveys;

/// <summary>
/// What a copy of the database tells of an anonymous survey: no address, no time finer than a day, no order of arrival. Each
/// look is proved on something that would show.
/// </summary>
public sealed partial class AnonymityTests(AnonymityTests.Socket room) : IClassFixture<AnonymityTests.Socket>
{
    private const int Visitors = 80;

    /// <summary>A real socket, so that visitors have an address.</summary>
    public sealed class Socket : SurveyRoom
    {
        protected override bool Kestrel => true;

        // The one whose name every machine can look up.
        protected override string Home => TestData.ProvinceKey;
    }

    [Fact]
    public async Task A_copy_of_the_tables_tells_neither_who_nor_when_nor_in_which_order()
    {
        var definition = new SurveyDefinition
        {
            Sections =
            [
                new SurveySection
                {
                    Key = "s1", Title = "一",
                    Questions =
                    [
                        new SurveyQuestion { Key = "n", Kind = QuestionKind.Number, Title = "第几个" },
                        new SurveyQuestion { Key = "say", Kind = QuestionKind.LongText, Title = "说明", Maximum = 100 },
                    ],
                },
            ],
        };
        var survey = await room.Open(definition: definition);
        // The module's key for its hashes is made once, by whoever comes first.
        await room.Use<DailyNetworks>(networks => networks.NameAsync("nobody", room.Today, CancellationToken.None));
        var before = await TablesAsync();
        for (var i = 1; i <= Visitors; i++)
        {
            using var browser = room.Visitor();
            var page = await SurveyRoom.Turn(
                browser, survey, await browser.Get(SurveyRoom.PathOf(survey)), "next", ("q.n", i.ToString(CultureInfo.InvariantCulture)),
                ("q.say", FormattableString.Invariant($"第{i:000}位说的话")));
            Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, page, "send")));
        }

        // On the day itself: rows came in order, and none of them says anything.
        var during = Changed(before, await TablesAsync());
        Assert.Equal(["interaction.survey_envelopes", "interaction.tries"], during.Keys.Order(StringComparer.Ordinal));
        Assert.All(during.Values.SelectMany(rows => rows), row => Assert.DoesNotMatch(Clock(), row));
        Assert.Empty(await Dump.TablesHolding(room.OwnerConnection, ["位说的话"]));
        // The session of the editor has the address: the look finds it where it is.
        var held = await Dump.TablesHolding(room.OwnerConnection, ["127.0.0.1", Sha(NetworkBlock.Of(System.Net.IPAddress.Loopback))]);
        Assert.Contains("host.sessions: 127.0.0.1", held);
        Assert.DoesNotContain(held, found => found.StartsWith("interaction.", StringComparison.Ordinal));

        var lengths = await ValuesAsync("select distinct length(sealed)::text from interaction.survey_envelopes where survey_id = $1", survey.Id);
        Assert.Single(lengths);

        room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Visitors, await room.Mix());
        Assert.Equal(0, await room.Mix());
        var after = Changed(before, await TablesAsync());
        Assert.All(after.Where(table => table.Key.StartsWith("interaction.survey", StringComparison.Ordinal)).SelectMany(table => table.Value), row => Assert.DoesNotMatch(Clock(), row));
        Assert.Equal("0", (await ValuesAsync("select count(*)::text from interaction.survey_envelopes where sealed is not null and survey_id = $1", survey.Id))[0]);

        // As they lie on the disk, by the transactions that wrote them, and by their ids.
        foreach (var order in (string[])["ctid", "xmin::text::bigint, ctid", "id"])
        {
            var numbers = await NumbersAsync($"select (content -> 'n' ->> 'number')::int from interaction.survey_ballots where survey_id = $1 order by {order}", survey.Id);
            Assert.Equal(Visitors, numbers.Count);
            Assert.True(Math.Abs(Correlation(numbers)) < 0.6, $"{order}: {Correlation(numbers)}");
            var words = await NumbersAsync($"select substring(text from 2 for 3)::int from interaction.survey_words where survey_id = $1 order by {order}", survey.Id);
            Assert.True(Math.Abs(Correlation(words)) < 0.6, $"words by {order}: {Correlation(words)}");
        }

        Assert.Single(await ValuesAsync("select distinct xmin::text from interaction.survey_ballots where survey_id = $1", survey.Id));
        // A ballot does not say which words are its own.
        Assert.Empty(await ValuesAsync("select content::text from interaction.survey_ballots where survey_id = $1 and content::text like '%say%'", survey.Id));
    }

    [Fact]
    public async Task Ballots_kept_as_they_come_would_show_their_order()
    {
        var survey = await room.Open();
        await room.Read(async db =>
        {
            for (var i = 1; i <= Visitors; i++)
            {
                db.SurveyBallots.Add(new SurveyBallot
                {
                    Id = Guid.CreateVersion7(room.Clock.GetUtcNow()),
                    SiteId = survey.SiteId,
                    SurveyId = survey.Id,
                    Hash = survey.Hash!,
                    Content = "{\"n\":{\"number\":" + i.ToString(CultureInfo.InvariantCulture) + "}}",
                });
                await db.SaveChangesAsync();
            }

            return true;
        });
        foreach (var order in (string[])["ctid", "xmin::text::bigint", "id"])
        {
            Assert.True(Correlation(await NumbersAsync($"select (content -> 'n' ->> 'number')::int from interaction.survey_ballots where survey_id = $1 order by {order}", survey.Id)) > 0.99);
        }

        // And a survey's own row has a time that the look for times finds.
        Assert.Contains((await TablesAsync())["interaction.surveys"], row => Clock().IsMatch(row));
        Assert.NotEmpty(await Dump.TablesHolding(room.OwnerConnection, ["政府网站使用情况网上调查"]));
    }

    // Midnight of a day is the day.
    [GeneratedRegex(@"20\d\d-\d\d-\d\d[ T](?!00:00:00[+""])\d\d:\d\d")]
    private static partial Regex Clock();

    private static string Sha(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static Dictionary<string, List<string>> Changed(Dictionary<string, List<string>> before, Dictionary<string, List<string>> after) =>
        after.Select(table => KeyValuePair.Create(table.Key, table.Value.Except(before[table.Key], StringComparer.Ordinal).ToList()))
            .Where(table => table.Value.Count > 0).ToDictionary();

    // Spearman's: places against numbers.
    private static double Correlation(List<int> numbers)
    {
        double n = numbers.Count;
        var squares = numbers.Select((number, place) => Math.Pow(number - (place + 1), 2)).Sum();
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }

    private async Task<Dictionary<string, List<string>>> TablesAsync()
    {
        Dictionary<string, List<string>> tables = [];
        foreach (var table in await ValuesAsync(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('interaction', 'host', 'audit', 'publishing', 'disclosure') and $1::uuid is not null",
            Guid.Empty))
        {
            tables[table] = await ValuesAsync($"select t::text from {table} t where $1::uuid is not null", Guid.Empty);
        }

        return tables;
    }

    private async Task<List<int>> NumbersAsync(string sql, Guid survey) =>
        (await ValuesAsync(sql.Replace("::int from", "::int::text from", StringComparison.Ordinal), survey)).ConvertAll(value => int.Parse(value, CultureInfo.InvariantCulture));

    private async Task<List<string>> ValuesAsync(string sql, Guid survey)
    {
        await using var connection = new NpgsqlConnection(room.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = survey });
        await using var reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
