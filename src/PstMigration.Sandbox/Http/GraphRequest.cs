namespace PstMigration.Sandbox;

/// <summary>A request, of its own or out of a batch: method, path below the version, query, headers, body.</summary>
internal sealed class GraphRequest
{
    public string Method { get; init; } = "GET";

    /// <summary>Scheme, authority and version, such as https://graph.microsoft.com/v1.0; what links in answers begin with.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>The segments after the version, decoded.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>The query without the question mark, as it was sent.</summary>
    public string RawQuery { get; init; } = "";

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The whole body, for everything but a chunk of an upload session.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>The body as it comes in, for a chunk of an upload session.</summary>
    public Stream? BodyStream { get; set; }

    public string ContentType => Header("Content-Type") ?? "";

    public string Path => "/" + string.Join("/", Segments.Select(Uri.EscapeDataString));

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Whether a <c>Prefer</c> header asks for this.</summary>
    public string? Preference(string name)
    {
        foreach (string part in (Header("Prefer") ?? "").Split(',', ';'))
        {
            int equals = part.IndexOf('=');
            string key = (equals < 0 ? part : part.Substring(0, equals)).Trim();
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? "" : part.Substring(equals + 1).Trim().Trim('"');
            }
        }

        return null;
    }

    /// <summary>Splits a path below the version into decoded segments. A function without parameters is called with brackets or without.</summary>
    public static string[] SplitPath(string path) =>
        path.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Select(s => s.EndsWith("()", StringComparison.Ordinal) ? s.Substring(0, s.Length - 2) : s).ToArray();
}
