using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PstMigration.Commands;
using Xunit;

namespace PstMigration.Tests;

/// <summary>
/// What a file says is the same however busy the computer is: a pattern that gives up after a time of the clock reads another text once its thread has to wait, and an
/// mbox file had one message less. Patterns are such that they need no limit.
/// </summary>
public sealed class PatternTests
{
    private const BindingFlags Fields = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_pattern_gives_up_by_the_clock()
    {
        List<(string Field, Regex Pattern)> patterns =
        [
            .. Rooms(typeof(AsyncCommand).Assembly)
                .SelectMany(a => a.GetTypes())
                .Where(t => !t.ContainsGenericParameters)
                .SelectMany(t => t.GetFields(Fields))
                .Where(f => Holds(f.FieldType))
                .SelectMany(f => PatternsIn(f.GetValue(null)).Select(p => (f.DeclaringType + "." + f.Name, p))),
        ];
        Assert.Contains(patterns, p => p.Field.EndsWith("FromLine.s_date", StringComparison.Ordinal));
        Assert.Empty(patterns.Where(p => p.Pattern.MatchTimeout != Regex.InfiniteMatchTimeout).Select(p => p.Field).Distinct());
    }

    private static HashSet<Assembly> Rooms(Assembly first)
    {
        HashSet<Assembly> rooms = [];
        Queue<Assembly> open = new([first]);
        while (open.TryDequeue(out Assembly? room))
        {
            if (rooms.Add(room))
            {
                foreach (AssemblyName name in room.GetReferencedAssemblies().Where(n => n.Name!.StartsWith("PstMigration.", StringComparison.Ordinal)))
                {
                    open.Enqueue(Assembly.Load(name));
                }
            }
        }

        return rooms;
    }

    private static bool Holds(Type type) => type == typeof(Regex)
        || (type.IsArray && Holds(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(Holds));

    private static IEnumerable<Regex> PatternsIn(object? value) => value switch
    {
        Regex pattern => [pattern],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => PatternsIn(tuple[i])),
        IEnumerable many and not string => many.Cast<object?>().SelectMany(PatternsIn),
        _ => [],
    };
}
