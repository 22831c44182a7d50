using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Portal.Host.Web;

/// <summary>
/// Remembers each text of a resource file after its first look-up: the resource manager takes a lock for every one, and a
/// page asks for some eighty.
/// </summary>
internal sealed class RememberedTexts(ResourceManagerStringLocalizerFactory files) : IStringLocalizerFactory
{
    private readonly ConcurrentDictionary<Type, IStringLocalizer> _byType = new();

    public IStringLocalizer Create(Type resourceSource) =>
        _byType.GetOrAdd(resourceSource, type => new Texts(files.Create(type)));

    public IStringLocalizer Create(string baseName, string location) => files.Create(baseName, location);

    private sealed class Texts(IStringLocalizer file) : IStringLocalizer
    {
        private readonly ConcurrentDictionary<CultureInfo, ConcurrentDictionary<string, LocalizedString>> _known = new();

        public LocalizedString this[string name]
        {
            get
            {
                var known = _known.GetOrAdd(CultureInfo.CurrentUICulture, _ => new(StringComparer.Ordinal));
                if (known.TryGetValue(name, out var text))
                {
                    return text;
                }

                text = file[name];
                // A name can come from outside: what is in no file is not kept.
                return text.ResourceNotFound ? text : known.GetOrAdd(name, text);
            }
        }

        public LocalizedString this[string name, params object[] arguments]
        {
            get
            {
                var text = this[name];
                return text.ResourceNotFound
                    ? file[name, arguments]
                    : new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text.Value, arguments));
            }
        }

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
            file.GetAllStrings(includeParentCultures);
    }
}
