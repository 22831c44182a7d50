using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Portal.Shared.Web;

/// <summary>Reads posted forms. What cannot be read is empty; the validators say what is wrong.</summary>
public static class FormReading
{
    /// <summary>The text of a field; empty where there is none.</summary>
    public static string Text(this IFormCollection form, string name) => Field(form, name);

    /// <summary>The identity in a field.</summary>
    public static Guid? Id(this IFormCollection form, string name) =>
        Guid.TryParse(Field(form, name), CultureInfo.InvariantCulture, out var id) && id != Guid.Empty ? id : null;

    /// <summary>A number without a sign; 0 where there is none.</summary>
    public static int Number(this IFormCollection form, string name) =>
        int.TryParse(Field(form, name).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Is the box ticked?</summary>
    public static bool Flag(this IFormCollection form, string name) => Field(form, name) is "true" or "on";

    /// <summary>The chosen name of <typeparamref name="T"/>; null where none is.</summary>
    public static T? Chosen<T>(this IFormCollection form, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Field(form, name), out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>A day as an <c>input type="date"</c> sends it.</summary>
    public static DateOnly? Day(this IFormCollection form, string name) =>
        DateOnly.TryParseExact(Field(form, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Field(IFormCollection form, string name)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form[name].ToString();
    }
}
