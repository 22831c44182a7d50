namespace Portal.Publishing.Pages;

/// <summary>The numbers a list offers: first, last and those around the current one; null stands for a gap.</summary>
internal static class PageNumbers
{
    private const int Beside = 2;

    public static IEnumerable<int?> Around(int current, int last)
    {
        for (var number = 1; number <= last; number++)
        {
            if (number == 1 || number == last || Math.Abs(number - current) <= Beside)
            {
                yield return number;
            }
            else if (number == 2 || number == last - 1)
            {
                yield return null;
            }
        }
    }
}
