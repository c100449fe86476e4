namespace PstMigration.Sandbox;

/// <summary>What the body of a request is.</summary>
internal enum RouteBody
{
    /// <summary>None that matters.</summary>
    None,

    /// <summary>Read whole before the handler runs.</summary>
    Whole,

    /// <summary>Read by the handler as it comes in.</summary>
    Streamed,
}

/// <summary>One entry of the route table.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path below the mailbox, with placeholders in braces.</param>
/// <param name="Handler">What answers it.</param>
/// <param name="Source">The page of the Graph reference that describes it.</param>
internal sealed record Route(string Method, string Template, Func<GraphCall, GraphAnswer> Handler, string Source)
{
    private readonly string[] _segments = GraphRequest.SplitPath(Template);

    public RouteBody Body { get; init; } = Method is "POST" or "PATCH" or "PUT" ? RouteBody.Whole : RouteBody.None;

    /// <summary>Permissions of which one is needed, least first; for applications each with <c>.All</c>. None: any token will do.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Fixed segments, for choosing between templates that both match.</summary>
    public int Literals => _segments.Count(s => s[0] != '{');

    /// <summary>The placeholders' values, or null where the path is another one. Fixed segments compare without case.</summary>
    public Dictionary<string, string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != _segments.Length)
        {
            return null;
        }

        Dictionary<string, string> parameters = [];
        for (int i = 0; i < path.Count; i++)
        {
            if (_segments[i][0] == '{')
            {
                parameters.Add(_segments[i].Substring(1, _segments[i].Length - 2), path[i]);
            }
            else if (!string.Equals(_segments[i], path[i], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return parameters;
    }
}
