using Portal.Disclosure.Requests;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>The fee's own test values (FEE109).</summary>
public sealed class ProcessingFeeTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(10, 0)]
    [InlineData(11, 100)]
    [InlineData(30, 2000)]
    [InlineData(31, 2200)]
    [InlineData(40, 4000)]
    [InlineData(41, 4300)]
    [InlineData(50, 7000)]
    [InlineData(51, 7400)]
    public void Items_of_a_month_cost(int items, int yuan) =>
        Assert.Equal(yuan, ProcessingFee.Of(FeeMode.PerItem, items, Day));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(30, 0)]
    [InlineData(31, 10)]
    [InlineData(100, 700)]
    [InlineData(101, 720)]
    [InlineData(200, 2700)]
    [InlineData(201, 2740)]
    [InlineData(300, 6700)]
    public void Pages_cost(int pages, int yuan) =>
        Assert.Equal(yuan, ProcessingFee.Of(FeeMode.PerPage, pages, Day));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 100)]
    [InlineData(31, 200)]
    [InlineData(41, 300)]
    public void One_request_costs_what_it_adds_to_the_month(int number, int yuan) =>
        Assert.Equal(yuan, ProcessingFee.OfOneMore(FeeMode.PerItem, number - 1, 1, Day));

    [Fact]
    public void The_brackets_name_their_source() => Assert.Contains("109", ProcessingFee.On(Day).Source, StringComparison.Ordinal);
}
