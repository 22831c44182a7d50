using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 1 , "a" : [ true , null , false ] }""", """{"a":[true,null,false],"b":1}""")]
    [InlineData("{}", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData("null", "null")]
    [InlineData("""{"省":"\u4e91\u5cad","A":"\/"}""", """{"A":"/","省":"云岭"}""")]
    [InlineData("\"\\u0000\\u001f\\n\\t\\b\\f\\r\\\"\\\\\\u007f\"", "\"\\u0000\\u001f\\n\\t\\b\\f\\r\\\"\\\\\u007f\"")]
    [InlineData("\"\\ud83c\\udfee\"", "\"\U0001f3ee\"")]
    public void Json_has_one_form(string json, string canonical) =>
        Assert.Equal(canonical, CanonicalJson.Write(JsonNode.Parse(json)));

    // RFC 8785 appendix B and section 3.2.2.3.
    [Theory]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("1E30", "1e+30")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1e21", "1e+21")]
    [InlineData("999999999999999900000.0", "999999999999999900000")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("-333.25", "-333.25")]
    [InlineData("9007199254740993", "9007199254740993")]
    public void Numbers_are_printed_as_ecmascript_prints_them(string json, string canonical) =>
        Assert.Equal(canonical, CanonicalJson.Write(JsonNode.Parse(json)));

    [Fact]
    public void Members_are_sorted_by_utf16_code_units()
    {
        // RFC 8785 section 3.2.3.
        var node = JsonNode.Parse(
            """{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""");

        Assert.Equal(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001f600\":5,\"\ufb33\":3}",
            CanonicalJson.Write(node));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.Throws<FormatException>(() => CanonicalJson.Write(JsonValue.Create("a\ud83d")));
        Assert.Throws<FormatException>(() => CanonicalJson.Write(JsonValue.Create("\ude00b")));
        Assert.Throws<FormatException>(() => CanonicalJson.Write(JsonNode.Parse("1e999")));
    }

    [Fact]
    public void Instants_are_utc_with_microseconds()
    {
        var instant = new DateTimeOffset(2026, 11, 22, 8, 30, 0, TimeSpan.FromHours(8)).AddTicks(1234567);

        Assert.Equal("2026-11-22T00:30:00.123456Z", CanonicalJson.Instant(instant));
        Assert.Equal(instant.AddTicks(-7), CanonicalJson.ParseInstant(CanonicalJson.Instant(instant)));
    }

    [Property]
    public void Writing_what_was_written_changes_nothing(Dictionary<string, string> texts, double number, long whole)
    {
        var node = new JsonObject { ["whole"] = whole, ["number"] = double.IsFinite(number) ? number : 0 };
        foreach (var (name, value) in texts.Where(text => IsText(text.Key) && IsText(text.Value)))
        {
            node["text " + name] = value;
        }

        var canonical = CanonicalJson.Write(node);

        Assert.Equal(canonical, CanonicalJson.Write(JsonNode.Parse(canonical)));
        Assert.Equal(whole, JsonNode.Parse(canonical)!["whole"]!.GetValue<long>());
        Assert.Equal(node["number"]!.GetValue<double>(), JsonNode.Parse(canonical)!["number"]!.GetValue<double>());
    }

    private static bool IsText(string? text) =>
        text is not null && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
