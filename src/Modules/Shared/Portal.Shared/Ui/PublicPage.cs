using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace Portal.Shared.Ui;

/// <summary>
/// A cached page of the public site as an answer: rendered as plain HTML. A page that visitors only read needs nothing of
/// what <c>RazorComponentResult</c> sets up for each request (streaming, form state, persisted state, render modes).
/// </summary>
/// <typeparam name="TPage">The page.</typeparam>
/// <param name="parameter">The name of the page's one parameter.</param>
/// <param name="value">What the page shows.</param>
public sealed class PublicPage<TPage>(string parameter, object value) : IResult
    where TPage : IComponent
{
    // Most pages fit; what grew larger than the second number is not kept.
    private static readonly ObjectPool<StringBuilder> Texts =
        new DefaultObjectPoolProvider().CreateStringBuilderPool(16 * 1024, 128 * 1024);

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        var text = Texts.Get();
        try
        {
            await RenderAsync(httpContext, text);
            var encoder = Encoding.UTF8.GetEncoder();
            foreach (var chunk in text.GetChunks())
            {
                // A letter of two code units may lie across two chunks.
                encoder.Convert(chunk.Span, response.BodyWriter, flush: false, out _, out _);
            }

            await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
        finally
        {
            Texts.Return(text);
        }
    }

    private async Task RenderAsync(HttpContext httpContext, StringBuilder text)
    {
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<CascadingValue<HttpContext>>(
                ParameterView.FromDictionary(new Dictionary<string, object?>
                {
                    [nameof(CascadingValue<>.Value)] = httpContext,
                    [nameof(CascadingValue<>.IsFixed)] = true,
                    [nameof(CascadingValue<>.ChildContent)] = (RenderFragment)(builder =>
                    {
                        builder.OpenComponent<TPage>(0);
                        builder.AddComponentParameter(1, parameter, value);
                        builder.CloseComponent();
                    }),
                }));
            await using var writer = new StringWriter(text, CultureInfo.InvariantCulture);
            page.WriteHtmlTo(writer);
        });
    }
}
