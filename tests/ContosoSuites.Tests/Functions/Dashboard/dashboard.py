"""Sends what the pages of the Contoso Suites dashboard send, and reads the answers as they do. Prints what they would show."""

import json
import os

import requests

api = os.environ["API_ENDPOINT"]

# Against a deployed app: what README says to add to the dashboard. Its secrets have the key.
key = os.environ.get("FUNCTION_KEY")
headers = {"x-functions-key": key} if key else {}


def get_hotels():
    return requests.get(f"{api}/Hotels", headers=headers, timeout=30).json()


def get_bookings(hotel_id):
    return requests.get(f"{api}/Hotels/{hotel_id}/Bookings", headers=headers, timeout=30).json()


def chat(message):
    return requests.post(f"{api}/Chat", data={"message": message}, headers=headers, timeout=60).text


def vectorize(text):
    return requests.get(f"{api}/Vectorize", params={"text": text}, headers=headers, timeout=30).text


def search(vector_text, max_results, minimum_similarity_score):
    return requests.post(
        f"{api}/VectorSearch",
        data=vector_text,
        params={"max_results": max_results, "minimum_similarity_score": minimum_similarity_score},
        headers={"Content-Type": "application/json", **headers},
        timeout=30,
    ).json()


def ask_copilot(message):
    return requests.post(f"{api}/MaintenanceCopilotChat", json=message, headers=headers, timeout=60).text


def ask_copilot_apart(session_state, message):
    """What README says to send instead, so that each user has a conversation of one's own."""
    answer = requests.post(
        f"{api}/MaintenanceCopilotChat",
        json={"message": message, "conversationId": session_state.get("conversation_id")},
        headers=headers,
        timeout=60,
    )
    if answer.ok:
        session_state["conversation_id"] = answer.headers["x-conversation-id"]
    return answer.text


hotels = get_hotels()
choice = {"id": [hotel["hotelID"] for hotel in hotels], "name": [hotel["hotelName"] for hotel in hotels]}
bookings = get_bookings(choice["id"][choice["name"].index("The Grand Regency")])
vector = vectorize("microwave not working")
ann, bob = {}, {}

print(json.dumps({
    "names": choice["name"],
    "bookings": bookings,
    "chat": chat("Good morning! What can you do for me?"),
    "dimensions": len(json.loads(vector)),
    "found": search(vector, 3, 0.1),
    "copilot": [ask_copilot("Hello! I am at the front desk."), ask_copilot("What do you need to know?")],
    "apart": [
        ask_copilot_apart(ann, "The sink is clogged in room 510 at Lago Sereno"),
        ask_copilot_apart(bob, "Yes, save it."),
        ask_copilot_apart(ann, "Yes, save it."),
    ],
}))
