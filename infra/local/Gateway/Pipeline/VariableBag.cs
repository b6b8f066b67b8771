using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ContosoSuites.Local.Gateway.Expressions.Context;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>The variables of one request. There are few, so a list is searched faster than a dictionary is made.</summary>
internal sealed class VariableBag : IVariables
{
    private readonly List<KeyValuePair<string, object?>> _variables = new(8);

    public IEnumerable<string> Keys => _variables.Select(variable => variable.Key);

    public IEnumerable<object?> Values => _variables.Select(variable => variable.Value);

    public int Count => _variables.Count;

    public object? this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The variable {key} is not set.");

    public void Set(string name, object? value)
    {
        var variable = KeyValuePair.Create(name, value);
        var index = IndexOf(name);
        if (index < 0)
        {
            _variables.Add(variable);
        }
        else
        {
            _variables[index] = variable;
        }
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var index = IndexOf(key);
        value = index < 0 ? null : _variables[index].Value;
        return index >= 0;
    }

    public T? GetValueOrDefault<T>(string name, T? defaultValue = default)
    {
        var index = IndexOf(name);
        return index < 0 ? defaultValue : (T?)_variables[index].Value;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _variables.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        for (var i = 0; i < _variables.Count; i++)
        {
            if (_variables[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }
}
