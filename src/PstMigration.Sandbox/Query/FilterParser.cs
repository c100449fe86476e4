using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>A condition in SQL and the values of its parameters.</summary>
internal sealed record FilterSql(string Sql, IReadOnlyList<object?> Arguments, IReadOnlyList<string> Names);

/// <summary>
/// Turns a <c>$filter</c> into SQL: <c>and or not</c>, brackets, comparisons, <c>startswith contains endswith</c>, and <c>any</c> over
/// collections and extended properties (api/singlevaluelegacyextendedproperty-get). Everything else is a 400.
/// </summary>
internal sealed class FilterParser
{
    private const int DeepestNesting = 50;

    private readonly FilterLexer _lexer;
    private readonly IReadOnlyDictionary<string, FilterTarget> _targets;
    private readonly List<object?> _arguments;
    private readonly List<string> _names = [];
    private int _depth;

    private FilterParser(string text, IReadOnlyDictionary<string, FilterTarget> targets, IEnumerable<object?> arguments)
    {
        _lexer = new FilterLexer(text);
        _targets = targets;
        _arguments = arguments.ToList();
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="targets">The names it may use.</param>
    /// <param name="arguments">Values of parameters the statement already has; the new ones are numbered after them.</param>
    public static FilterSql Parse(string text, IReadOnlyDictionary<string, FilterTarget> targets, params object?[] arguments)
    {
        FilterParser parser = new(text, targets, arguments);
        string sql = parser.Or();
        parser._lexer.ExpectEnd();
        return new FilterSql(sql, parser._arguments, parser._names);
    }

    private string Or()
    {
        if (++_depth > DeepestNesting)
        {
            throw GraphException.Query("The filter is nested too deeply.");
        }

        string sql = And();
        while (_lexer.TryWord("or"))
        {
            sql = "(" + sql + " OR " + And() + ")";
        }

        _depth--;
        return sql;
    }

    private string And()
    {
        string sql = Not();
        while (_lexer.TryWord("and"))
        {
            sql = "(" + sql + " AND " + Not() + ")";
        }

        return sql;
    }

    private string Not()
    {
        bool negated = false;
        while (_lexer.TryWord("not"))
        {
            negated = !negated;
        }

        return negated ? "NOT " + Primary() : Primary();
    }

    private string Primary()
    {
        if (_lexer.TryMark('('))
        {
            string inner = Or();
            _lexer.ExpectMark(')');
            return "(" + inner + ")";
        }

        string name = _lexer.ExpectName();
        switch (name)
        {
            case "startswith" or "contains" or "endswith":
                return TextFunction(name);
            case ExpandOption.SingleValue + "/any":
                return AnyExtended(multiple: false);
            case ExpandOption.MultiValue + "/any":
                return AnyExtended(multiple: true);
        }

        if (name.EndsWith("/any", System.StringComparison.Ordinal))
        {
            return AnyOf(name.Substring(0, name.Length - 4));
        }

        FilterTarget target = Target(name, collection: false);
        string operation = Operator();
        return Compare(target, operation, Literal(target));
    }

    private string TextFunction(string function)
    {
        _lexer.ExpectMark('(');
        FilterTarget target = Target(_lexer.ExpectName(), collection: false);
        _lexer.ExpectMark(',');
        string argument = Add(_lexer.ExpectText());
        _lexer.ExpectMark(')');
        if (target.Type != ExtendedType.String)
        {
            throw _lexer.Error("a property that is text");
        }

        string test = function switch
        {
            "startswith" => "substr({0}, 1, length({1})) = {1}",
            "endswith" => "substr({0}, -length({1})) = {1}",
            _ => "instr({0}, {1}) > 0",
        };
        return target.Column is string column
            ? "(" + string.Format(CultureInfo.InvariantCulture, test, column, argument) + ")"
            : InProperties(target, string.Format(CultureInfo.InvariantCulture, test, "p.value", argument));
    }

    // categories/any(c:c eq 'x'), emailAddresses/any(a:a/address eq 'x')
    private string AnyOf(string collection)
    {
        (string variable, FilterTarget? target) = (BeginAny(), null);
        string name = _lexer.ExpectName();
        string path = name == variable ? collection
            : name.StartsWith(variable + "/", System.StringComparison.Ordinal) ? collection + name.Substring(variable.Length) : throw _lexer.Error(variable);
        target = Target(path, collection: true);
        string sql = Compare(target, Operator(), Literal(target));
        _lexer.ExpectMark(')');
        return sql;
    }

    // any(ep:ep/id eq '..' and ep/value eq '..'), any(ep:ep/id eq '..' and cast(ep/value, Edm.Int32) gt 5),
    // and for several values any(ep:ep/id eq '..' and ep/value/any(v:v eq '..'))
    private string AnyExtended(bool multiple)
    {
        string variable = BeginAny();
        _lexer.ExpectWord(variable + "/id");
        _lexer.ExpectWord("eq");
        string text = _lexer.ExpectText();
        if (!ExtendedPropertyId.TryParse(text, out ExtendedPropertyId? id) || id!.IsMultiple != multiple)
        {
            throw GraphException.BadRequest("ErrorInvalidExtendedProperty", $"The extended property id '{text}' is not valid.");
        }

        FilterTarget target = ExtendedProperties.FilterTarget(id);
        _names.Add(ExpandOption.SingleValue);
        string sql;
        if (!_lexer.TryWord("and"))
        {
            sql = Compare(target, "ne", null);
        }
        else if (multiple)
        {
            _lexer.ExpectWord(variable + "/value/any");
            string inner = BeginAny();
            _lexer.ExpectWord(inner);
            sql = Compare(target, Operator(), Literal(target));
            _lexer.ExpectMark(')');
        }
        else
        {
            if (_lexer.TryWord("cast"))
            {
                _lexer.ExpectMark('(');
                _lexer.ExpectWord(variable + "/value");
                _lexer.ExpectMark(',');
                _lexer.ExpectName();
                _lexer.ExpectMark(')');
            }
            else
            {
                _lexer.ExpectWord(variable + "/value");
            }

            sql = Compare(target, Operator(), Literal(target));
        }

        _lexer.ExpectMark(')');
        return sql;
    }

    private string BeginAny()
    {
        _lexer.ExpectMark('(');
        string variable = _lexer.ExpectName();
        _lexer.ExpectMark(':');
        return variable;
    }

    private FilterTarget Target(string name, bool collection)
    {
        _names.Add(name);
        return _targets.TryGetValue(name, out FilterTarget? target) && target.IsCollection == collection
            ? target
            : throw GraphException.Query($"The property '{name}' does not support filtering.");
    }

    private string Operator() => _lexer.ExpectName() switch
    {
        "eq" => "=",
        "ne" => "ne",
        "gt" => ">",
        "ge" => ">=",
        "lt" => "<",
        "le" => "<=",
        string other => throw GraphException.Query($"The operator '{other}' is not supported in $filter."),
    };

    private object? Literal(FilterTarget target)
    {
        (string text, bool quoted) = _lexer.ExpectLiteral();
        if (!quoted && text == "null")
        {
            return null;
        }

        if (target.Names is not null)
        {
            return target.Names.TryGetValue(text, out long number) ? number : throw _lexer.Error("a name of the enumeration");
        }

        if (target.Type == ExtendedType.String && !quoted)
        {
            throw _lexer.Error("a quoted string");
        }

        return ExtendedValue.TryParse(target.Type, text, out object value) ? value : throw _lexer.Error("a value of type " + target.Type);
    }

    private string Compare(FilterTarget target, string operation, object? value)
    {
        if (value is null)
        {
            string present = target.Column is string c ? c + " IS NOT NULL" : InProperties(target, "1 = 1");
            return operation switch
            {
                "=" => "NOT (" + present + ")",
                "ne" => "(" + present + ")",
                _ => throw _lexer.Error("eq or ne with null"),
            };
        }

        string argument = Add(value);
        if (target.Column is string column)
        {
            return operation == "ne"
                ? "(" + column + " IS NOT " + argument + ")"
                : "(" + column + " " + operation + " " + argument + ")";
        }

        string indexed = PropertyTable.IsIndexed(value) ? " AND p.indexed = 1" : "";
        return operation == "ne"
            ? "NOT " + InProperties(target, "p.value = " + argument + indexed)
            : InProperties(target, "p.value " + operation + " " + argument + indexed);
    }

    private string InProperties(FilterTarget target, string condition) =>
        "(i.number IN (SELECT p.item FROM property p WHERE p.tag IN (" + string.Join(", ", target.Tags.Select(Add)) + ") AND " + condition + "))";

    private string Add(object? value)
    {
        _arguments.Add(value);
        return "@" + (_arguments.Count - 1).ToString(CultureInfo.InvariantCulture);
    }
}
