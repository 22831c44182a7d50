using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Letters;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Tests.Letters;

/// <summary>The puzzle of a turn: sealed with it, answered for one form, never easier than the platform said.</summary>
public sealed class LetterPuzzleTests(Mailroom room) : IClassFixture<Mailroom>
{
    private LetterForms Forms => room.Services.GetRequiredService<LetterForms>();

    [Fact]
    public void An_answer_is_good_for_its_own_turn_only()
    {
        var (form, at) = (Guid.CreateVersion7(), room.Clock.GetUtcNow().AddMinutes(20));
        var turn = Forms.NewTurn(form, at, 10);
        Assert.StartsWith("10.", turn.Token, StringComparison.Ordinal);
        Assert.Equal(turn with { At = turn.At.AddTicks(-(turn.At.Ticks % TimeSpan.TicksPerMillisecond)) }, Forms.ReadTurn(turn.Token, form));
        var answer = Solve(turn.Token);
        Assert.Null(Forms.Queue(form, turn.Token, answer, at, 10));
        Assert.Equal(turn.Token, Forms.Queue(form, turn.Token, "", at, 10)!.Token);

        // Another form, or a number in front that asks for less: a new turn.
        Assert.NotEqual(turn.Token, Forms.Queue(Guid.CreateVersion7(), turn.Token, answer, at, 10)!.Token);
        var easier = "1" + turn.Token[2..];
        var again = Forms.Queue(form, easier, Solve(easier), at, 10)!;
        Assert.Equal((10, true), (again.Bits, again.Token != easier));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("１")]
    [InlineData("1e3")]
    [InlineData("123456789012345678901")]
    public void What_is_no_number_is_no_answer(string answer)
    {
        var turn = Forms.NewTurn(Guid.CreateVersion7(), room.Clock.GetUtcNow(), 1);
        Assert.False(PublicForms.Solves(turn, answer));
    }

    [Fact]
    public void Without_a_puzzle_nothing_is_an_answer_and_a_turn_that_has_come_needs_none()
    {
        var form = Guid.CreateVersion7();
        var later = Forms.NewTurn(form, room.Clock.GetUtcNow().AddMinutes(5), 0);
        Assert.False(PublicForms.Solves(later, "0"));
        Assert.NotNull(Forms.Queue(form, later.Token, "0", later.At, 0));
        var due = Forms.NewTurn(form, room.Clock.GetUtcNow(), 15);
        Assert.Null(Forms.Queue(form, due.Token, null, due.At, 15));
    }

    [Theory]
    [InlineData(15, 0, false, 15)]
    [InlineData(15, 20, false, 16)]
    [InlineData(15, 59, true, 20)]
    [InlineData(15, 600, false, 18)]
    [InlineData(0, 59, true, 0)]
    [InlineData(22, 600, true, 27)]
    public void The_longer_the_queue_and_the_odder_the_form_the_more_work(int bits, int minutes, bool odd, int expected) =>
        Assert.Equal(expected, new PuzzleSettings { Bits = bits }.BitsFor(TimeSpan.FromMinutes(minutes), odd));

    internal static string Solve(string token)
    {
        var bits = int.Parse(token.Split('.')[0], CultureInfo.InvariantCulture);
        for (var number = 0; ; number++)
        {
            var answer = number.ToString(CultureInfo.InvariantCulture);
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes(token + "." + answer));
            if (new BigInteger(hash, isUnsigned: true, isBigEndian: true).GetBitLength() <= 256 - bits)
            {
                return answer;
            }
        }
    }
}
